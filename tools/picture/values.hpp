// What a file's program computes, in high precision.
#pragma once

#include "emit/artifact.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

using PlotReal = Real<256>;  // errors down to 2^-200 are curves, not rounding

/// The program at x, without its output_scale_factor; for functions of a and b with a = x and b =
/// 0, and for quotients with a = 1 and b = x.
[[nodiscard]] PlotReal value_of_program(const Plan& plan, const PlotReal& x);

}  // namespace equiripple
