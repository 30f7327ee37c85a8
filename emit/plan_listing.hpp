// A plan as a person reads it: one operation a line.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// The program of the artifact as straight-line arithmetic, stage by stage: depth (levels consumed
/// when the result is there), name, operation, what it costs. Key switches and tensor products are
/// numbered. Scalars are short decimals; the artifact has them exactly. Where there is no plan, a
/// sentence that says why.
[[nodiscard]] std::string plan_listing(const Artifact& artifact);

/// "stage 3 at 2^-0.25 of the usual scale, doublings as products by 3, 1, for less noise"; empty
/// where all scales are the usual ones.
[[nodiscard]] std::string describe_stage_scales(const Artifact& artifact);

}  // namespace equiripple
