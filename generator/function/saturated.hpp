// Functions that are all but a polynomial on a domain: 1 - erf(x) is erfc(x), in which nothing is
// left to cancel.
#pragma once

#include <optional>
#include <vector>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

struct Saturated {
  std::vector<Rational> limit;  // coefficients of 1, x, x^2, ...
  Expression rest;              // the function is limit + rest, exactly
};

/// What erf, erfc, tanh, sigmoid and softplus of arguments of one sign come to far out, through
/// sums and products; none where the expression has no such part, or its limit is no polynomial
/// with rational coefficients of degree at most `highest_degree`.
[[nodiscard]] std::optional<Saturated> saturated(const Expression& expression, const Domain& domain,
                                                 int highest_degree);

}  // namespace equiripple
