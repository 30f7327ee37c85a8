// Where an expression is a polynomial on a domain, though not everywhere.
#pragma once

#include <vector>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// As polynomial_coefficients, of what the expression is on the domain: 0 for relu on [-2, -1],
/// where every interval has the same polynomial. Empty also where that cannot be told.
std::vector<Rational> polynomial_coefficients_on(const Expression& expression, const Domain& domain,
                                                 int highest_degree);

}  // namespace equiripple
