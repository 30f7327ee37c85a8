// What a file's program computes, in high precision.
#pragma once

#include "emit/artifact.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

using PlotReal = Real<256>;  // errors down to 2^-200 are curves, not rounding

/// The program at x, with b = 0 for functions of a and b, without its output_scale_factor.
[[nodiscard]] PlotReal value_of_program(const Plan& plan, const PlotReal& x);

}  // namespace equiripple
