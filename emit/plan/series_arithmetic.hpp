// Exact arithmetic of Chebyshev series in one variable: T_a T_b = (T_{a+b} + T_{|a-b|}) / 2.
#pragma once

#include <algorithm>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

using Series = std::vector<Rational>;  // of T_0, T_1, ...

/// Up to T_{size - 1}.
template <class Number>
std::vector<Number> product(const std::vector<Number>& a, const std::vector<Number>& b,
                            std::size_t size) {
  std::vector<std::size_t> terms;  // of b: powers have one
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (b[j] != 0) terms.push_back(j);
  }
  std::vector<Number> c(size);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (const std::size_t j : terms) {
      const Number half = a[i] * b[j] / 2;
      if (i + j < size) c[i + j] += half;
      c[i > j ? i - j : j - i] += half;
    }
  }
  return c;
}

inline Series product(const Series& a, const Series& b) {
  return product(a, b, a.size() + b.size() - 1);
}

inline Series sum(Series a, const Series& b, int sign) {
  a.resize(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < b.size(); ++i) a[i] += sign * b[i];
  return a;
}

}  // namespace equiripple
