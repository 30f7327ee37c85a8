// The polynomial through the points: what least squares gives where its error is 0.
#pragma once

#include "generator/data/fold.hpp"

namespace equiripple {

/// With at most `terms` free coefficients, and no more than there are points; status interpolates
/// or not_determined.
[[nodiscard]] DataResult interpolate(const FoldedTable& table, int terms);

}  // namespace equiripple
