// Expressions that are written as a power of a polynomial.
#pragma once

#include <optional>
#include <vector>

#include "generator/function/expression.hpp"

namespace equiripple {

struct PowerForm {
  std::vector<Rational> base;  // coefficients of 1, x, ...; of degree at least 1
  long exponent = 2;           // at least 2; of powers of powers the product
};

/// (1 + x/128)^128 as it is written; none where the outermost operation is no such power, the base
/// no polynomial with rational coefficients of degree at most `highest_degree`, or the exponent
/// beyond 2^30.
[[nodiscard]] std::optional<PowerForm> power_form(const Expression& expression, int highest_degree);

}  // namespace equiripple
