// At which scale each stage's variable is read, for the least noise.
#pragma once

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"
#include "generator/domain.hpp"

namespace equiripple {

/// The plan with Instruction::scalar of its stages chosen, for inputs of `intervals` (of two
/// inputs, where their difference is there) and errors in this metric. Costs and values stay.
[[nodiscard]] Plan with_stage_scales(Plan plan, const Domain& intervals,
                                     Metric metric = Metric::absolute);

/// The plan with every stage's variable read at the usual scale.
[[nodiscard]] Plan without_stage_scales(Plan plan);

}  // namespace equiripple
