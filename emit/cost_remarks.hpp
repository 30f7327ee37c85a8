// What each operation of a program costs, in words.
#pragma once

#include <string>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// "tensor product 1 of 2", "KEY SWITCH 1 of 2", "rescaling: level 1", for each operation; empty
/// where it costs next to nothing.
[[nodiscard]] std::vector<std::string> cost_remarks(const std::vector<Instruction>& program);

}  // namespace equiripple
