// Where the exchange starts: points distributed as the extrema of a Chebyshev polynomial on the
// working domain, in the variable u of the problem.
#pragma once

#include <vector>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// As many ascending points as a reference has (parity: right of 0), exact, so that they stay apart
/// on intervals that double cannot divide. Where the target alternates by itself, its extrema. Else
/// on one interval: extrema of T_n; where an odd class includes 0, the positive extrema of
/// T_{degree + 2}; on a union: greedily, each point where the product of distances to the others is
/// largest (Leja points), from a grid.
[[nodiscard]] std::vector<Rational> initial_reference(const MinimaxRequest& request);

}  // namespace equiripple
