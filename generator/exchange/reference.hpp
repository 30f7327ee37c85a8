// Where the exchange starts: points distributed as the extrema of a Chebyshev polynomial on the
// working domain, in the variable u of the problem.
#pragma once

#include <vector>

#include "generator/exchange/problem.hpp"

namespace equiripple {

/// problem.points() ascending points. On one interval: extrema of T_n; where an odd class includes
/// 0, the positive extrema of T_{degree + 2}; on a union: greedily, each point where the product of
/// distances to the others is largest (Leja points), from a grid.
[[nodiscard]] std::vector<double> initial_reference(const Problem<double>& problem);

/// Points without any symmetry, where those above are levelled to 0 by a symmetry of the target.
[[nodiscard]] std::vector<double> skew_reference(const Problem<double>& problem);

}  // namespace equiripple
