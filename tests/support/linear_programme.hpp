// A second way to the best polynomial, for small cases: a linear programme on finitely many points,
// by the simplex method. Nothing of the exchange.
#pragma once

#include <vector>

#include "generator/exchange/minimax.hpp"

namespace equiripple::test {

/// The smallest possible max |weight (target - p)| over the points, for p of the request's degree
/// and parity, to about 100 digits. Points outside the domain count as well.
[[nodiscard]] Rational error_by_linear_programme(const MinimaxRequest& request,
                                                 const std::vector<Rational>& points);

/// `each` points on every interval of the domain (right of 0 for a parity), crowded to its ends.
[[nodiscard]] std::vector<Rational> grid_on(const MinimaxRequest& request, int each);

}  // namespace equiripple::test
