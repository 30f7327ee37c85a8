// Exact arithmetic of Chebyshev series in one variable: T_a T_b = (T_{a+b} + T_{|a-b|}) / 2.
#pragma once

#include <algorithm>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

using Series = std::vector<Rational>;  // of T_0, T_1, ...

inline Series product(const Series& a, const Series& b) {
  const auto terms_of = [](const Series& series) {
    std::vector<std::size_t> terms;
    for (std::size_t k = 0; k < series.size(); ++k) {
      if (series[k] != 0) terms.push_back(k);
    }
    return terms;
  };
  const std::vector<std::size_t> of_b = terms_of(b);
  Series c(a.size() + b.size() - 1);
  for (const std::size_t i : terms_of(a)) {
    for (const std::size_t j : of_b) {
      const Rational half = a[i] * b[j] / 2;
      c[i + j] += half;
      c[i > j ? i - j : j - i] += half;
    }
  }
  return c;
}

inline Series sum(Series a, const Series& b, int sign) {
  a.resize(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < b.size(); ++i) a[i] += sign * b[i];
  return a;
}

}  // namespace equiripple
