// Exact arithmetic of Chebyshev series in one variable.
#pragma once

#include <algorithm>
#include <vector>

#include "generator/numbers/dyadic.hpp"
#include "generator/series_product.hpp"

namespace equiripple {

using Series = std::vector<Rational>;      // of T_0, T_1, ...
using DyadicSeries = std::vector<Dyadic>;  // the same, as programs have them

/// a + b, or where the sign is negative a - b.
template <class Number>
std::vector<Number> sum(std::vector<Number> a, const std::vector<Number>& b, int sign) {
  a.resize(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (sign < 0) {
      a[i] -= b[i];
    } else {
      a[i] += b[i];
    }
  }
  return a;
}

}  // namespace equiripple
