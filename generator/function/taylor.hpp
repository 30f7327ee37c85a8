// The Taylor series of an expression about a point, with enclosed coefficients.
#pragma once

#include <vector>

#include "generator/function/expression.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {

/// Encloses the coefficients of 1, (x - centre), ..., `terms` of them; empty where a part of the
/// expression has no Taylor series there (|u|, sign, floor or `if` at the place where they turn,
/// roots and logarithms at 0, poles), or none that could be enclosed.
[[nodiscard]] std::vector<Ball> taylor_series(const Expression& expression, const Rational& centre,
                                              int terms, slong bits);

/// The value of a quotient of the expression that is continued, on a ball that may hold the point;
/// not finite where its parts have no Taylor series there.
[[nodiscard]] Ball continued_value(const std::vector<Node>& nodes, std::size_t index, const Ball& x,
                                   slong bits);

}  // namespace equiripple
