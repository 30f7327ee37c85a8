// Whether ciphertexts can follow a program as it counts itself.
#pragma once

#include <string>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// Products are of two components and rescaled, what is added has the same scale, relinearisation
/// and rescaling meet what needs them, operands are at one depth, and the result is two components,
/// rescaled. Empty where all of that holds, else the first step that breaks it.
[[nodiscard]] std::string breach_of_ciphertext_rules(const std::vector<Instruction>& program);

}  // namespace equiripple
