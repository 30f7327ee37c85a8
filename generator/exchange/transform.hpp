// From the barycentric form to Chebyshev coefficients: values at Chebyshev nodes, then sums of
// cosines. The zeros of a parity are left out from the start, so that they are zeros.
#pragma once

#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/exchange/levelled.hpp"

namespace equiripple {

/// The polynomial `p` (any callable) of the given degree as a series on `basis`.
template <class T, class Polynomial>
ChebyshevSeries chebyshev_series(const Polynomial& p, const Interval& basis, int degree,
                                 Parity parity) {
  ChebyshevSeries series{.basis = basis, .parity = parity};
  series.coefficients.assign(static_cast<std::size_t>(std::max(degree, 0)) + 1, 0);
  if (degree < 0) return series;
  const int nodes = parity == Parity::even ? degree + 2 : degree + 1;
  const int used = parity == Parity::none ? nodes : nodes / 2;  // the rest follow by symmetry
  std::vector<T> cosines;                                       // cos(pi m / (2 nodes))
  for (int m = 0; m <= 2 * nodes; ++m) {
    cosines.push_back(m <= nodes ? real_cos(T(real_pi<T>() * m / (2 * nodes)))
                                 : T(-cosines[static_cast<std::size_t>(2 * nodes - m)]));
  }
  cosines[static_cast<std::size_t>(nodes)] = 0;
  const auto cosine = [&](long m) -> const T& {
    const long around = m % (4 * nodes);
    return cosines[static_cast<std::size_t>(around > 2 * nodes ? 4 * nodes - around : around)];
  };
  const T centre = from_rational<T>((basis.lower + basis.upper) / 2);
  const T half_width = from_rational<T>((basis.upper - basis.lower) / 2);
  std::vector<T> values;
  for (int j = 0; j < used; ++j) values.push_back(p(T(centre + half_width * cosine(2 * j + 1))));
  const int first = parity == Parity::odd ? 1 : 0;
  const int stride = parity == Parity::none ? 1 : 2;
  for (int k = first; k <= degree; k += stride) {
    T sum = 0;
    for (int j = 0; j < used; ++j) {
      sum += values[static_cast<std::size_t>(j)] * cosine(static_cast<long>(k) * (2 * j + 1));
    }
    series.coefficients[static_cast<std::size_t>(k)] =
        to_rational(T(sum * (k == 0 ? 1 : 2) / used));
  }
  return series;
}

}  // namespace equiripple
