// A start that knows the target: the extrema of the error of least squares on a grid.
#pragma once

#include <vector>

#include "generator/exchange/geometry.hpp"

namespace equiripple {

/// `count` ascending places where the residual alternates: it has `count` - 1 changes of sign at
/// least, and more where the best error alternates more often than it must. Empty where double does
/// not tell: the residual is noise, or too many terms for the grid's clusters lose orthogonality.
[[nodiscard]] std::vector<Place> residual_reference(const MinimaxRequest& request,
                                                    const Geometry& geometry, std::size_t count);

}  // namespace equiripple
