// Chebyshev series with random coefficients, and what tests ask of series.
#pragma once

#include "generator/chebyshev.hpp"
#include "tests/support/random.hpp"

namespace equiripple::test {

/// Coefficients that shrink by `decay` a degree, so that every split is exercised at every size.
inline ChebyshevSeries random_series(Random& random, int degree, Parity parity, double decay) {
  ChebyshevSeries series{.parity = parity};
  double size = 1;
  for (int k = 0; k <= degree; ++k, size *= decay) {
    const bool zero =
        (parity == Parity::odd && k % 2 == 0) || (parity == Parity::even && k % 2 == 1);
    const double c = size * real_between(random, 0.5, 1) * (random() % 2 == 0 ? 1 : -1);
    series.coefficients.push_back(zero ? Rational(0) : Rational(c));
  }
  return series;
}

/// Whether a series of that parity can have that degree.
inline bool fits(int degree, Parity parity) {
  return parity == Parity::none || (degree % 2 == 1) == (parity == Parity::odd);
}

/// Searching the shapes of a dense series takes up to seconds between these degrees, for an even
/// one between twice them: some at an effort of 1, each at 4.
inline bool is_tried(int degree, Parity parity) {
  constexpr int quickly_searched = 24;  // measured
  constexpr int highest_searched = 64;  // as in the planner
  constexpr int every = 8;
  const int dense_degree = parity == Parity::even ? degree / 2 : degree;
  return parity == Parity::odd || dense_degree <= quickly_searched ||
         dense_degree > highest_searched || dense_degree % every < 2 * effort();
}

/// The sum of the magnitudes of the coefficients.
inline Rational norm(const ChebyshevSeries& a) {
  return coefficient_distance(a, {.coefficients = {0}});
}

}  // namespace equiripple::test
