// What a file's tables and program compute, in high precision.
#pragma once

#include "emit/artifact.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

using PlotReal = Real<256>;  // errors down to 2^-200 are curves, not rounding

/// The program at x, with b = 0 for functions of a and b, without its output_scale_factor.
[[nodiscard]] PlotReal value_of_program(const Plan& plan, const PlotReal& x);

/// The composition of the stages up to and with `last`, counted from 0.
[[nodiscard]] PlotReal value_of_stages(const Artifact& artifact, std::size_t last,
                                       const PlotReal& x);

}  // namespace equiripple
