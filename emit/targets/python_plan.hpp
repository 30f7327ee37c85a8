// The program of a plan in Python.
#pragma once

#include <string>

#include "emit/plan/program.hpp"

namespace equiripple {

/// Functions evaluate_openfhe and evaluate_desilofhe, which evaluate the plan on ciphertexts of
/// these packages and need nothing else.
[[nodiscard]] std::string plan_to_python(const Plan& plan);

}  // namespace equiripple
