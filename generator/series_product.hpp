// Products of Chebyshev series in one variable: T_a T_b = (T_{a+b} + T_{|a-b|}) / 2.
#pragma once

#include <vector>

#include "generator/numbers/dyadic.hpp"

namespace equiripple {

template <class Number>
Number half(const Number& x) {
  return x / 2;
}
inline Dyadic half(const Dyadic& x) { return x.half(); }

/// Up to T_{size - 1}.
template <class Number>
std::vector<Number> product(const std::vector<Number>& a, const std::vector<Number>& b,
                            std::size_t size) {
  std::vector<std::size_t> terms;  // of b: powers have one
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (!(b[j] == 0)) terms.push_back(j);
  }
  std::vector<Number> c(size);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (const std::size_t j : terms) {
      const Number term = half(Number(a[i] * b[j]));
      if (i + j < size) c[i + j] += term;
      c[i > j ? i - j : j - i] += term;
    }
  }
  return c;
}

template <class Number>
std::vector<Number> product(const std::vector<Number>& a, const std::vector<Number>& b) {
  return product(a, b, a.size() + b.size() - 1);
}

}  // namespace equiripple
