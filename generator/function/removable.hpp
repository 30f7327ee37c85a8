// Quotients that are 0/0 at a point and analytic around it, as sin(x)/x at 0.
//
// Where u and v vanish at X to the order m, u(X + t) / t^m is the average of derivatives of u
// between X and X + t over the same derivative of t^m: so the Taylor coefficients of u / v at any
// point near X are enclosed by the quotient of the series of u and v about a ball that holds X,
// both without their first m coefficients.  [proved]
#pragma once

#include <optional>

#include "generator/function/expression.hpp"

namespace equiripple {

/// The expression with each quotient that is 0/0 at `x`, for sure, continued there; empty where
/// none is.
[[nodiscard]] std::optional<Expression> continued_at(const Expression& expression,
                                                     const Rational& x);

}  // namespace equiripple
