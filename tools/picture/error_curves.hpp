// The error of a file as curves, from the file alone: stage by stage, and of the function itself.
#pragma once

#include <vector>

#include "emit/artifact.hpp"
#include "emit/picture/chart.hpp"

namespace equiripple {

/// A chart of the function's error over its range, then one for each stage where there are several
/// (or corrections follow the one); the claimed bounds are rules. Where domains begin near 0 the
/// axis of x is logarithmic. A table that was fitted has its points. Fails with wrong_request where
/// the request of the file cannot be read.
[[nodiscard]] std::vector<Chart> error_charts(const Artifact& artifact);

/// The value of the stages beyond the range, up to where it runs away: what `outside` says. One
/// chart, or where the reach is short one of each end that is not the mirror of the other.
[[nodiscard]] std::vector<Chart> outside_charts(const Artifact& artifact);

}  // namespace equiripple
