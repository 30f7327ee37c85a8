// At which scale each stage's variable is read, and what multiplies where a plan doubles, for the
// least noise.
//
// A product by 2 that is carried out as one by m is read at m / 2 times the scale: after rescaling
// it is that much more precise, and what it meets in products to come has as much less scale. It
// costs nothing, as the product is multiplied by an integer anyway; m = 1 saves even that.
#pragma once

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"
#include "generator/domain.hpp"

namespace equiripple {

/// The plan with Instruction::scalar of its stages and Instruction::carried of its doublings
/// chosen, for inputs of `intervals` (of two inputs, where their difference is there) and errors in
/// this metric. Costs and values stay.
[[nodiscard]] Plan with_stage_scales(Plan plan, const Domain& intervals,
                                     Metric metric = Metric::absolute);

/// The plan with every stage's variable read at the usual scale, and what is doubled doubled.
[[nodiscard]] Plan without_stage_scales(Plan plan);

}  // namespace equiripple
