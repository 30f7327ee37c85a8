// A program's costs told apart by its stages.
#pragma once

#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// The index of the stage that each operation belongs to: a stage begins where its variable is made
/// (normalise, stage) and lasts to the next one's; -1 for what comes before the first, the inputs.
[[nodiscard]] std::vector<int> stages_of(const std::vector<Instruction>& program);

/// What each stage costs; together the costs of the program. The last one ends with the program:
/// the product x * sign(x) of ReLU and its kin is its own.
[[nodiscard]] std::vector<PlanCosts> costs_by_stage(const std::vector<Instruction>& program);

}  // namespace equiripple
