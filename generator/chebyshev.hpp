// A polynomial as a Chebyshev series on an interval, with exact coefficients.
#pragma once

#include <array>
#include <vector>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

/// sum over k of coefficients[k] T_k(y), y = (2x - lower - upper) / (upper - lower); c[0] whole.
struct ChebyshevSeries {
  Interval basis{-1, 1};
  std::vector<Rational> coefficients{};  // of T_0, T_1, ...; never empty in a usable result
  Parity parity = Parity::none;          // the coefficients that it rules out are exactly 0

  int degree() const { return static_cast<int>(coefficients.size()) - 1; }
};

/// Each coefficient rounded to nearest with `bits` significant bits; 53 bits are binary64 with its
/// limits of range. Throws std::overflow_error beyond the largest binary64 number.
[[nodiscard]] ChebyshevSeries rounded(ChebyshevSeries series, int bits);

/// The sum of |a_k - b_k|: since |T_k| <= 1, two series on one basis differ by no more on it.
[[nodiscard]] Rational coefficient_distance(const ChebyshevSeries& a, const ChebyshevSeries& b);

/// Whether they differ by at most 2^log2 of the sum of b's coefficients' sizes.
[[nodiscard]] bool agree_to(const ChebyshevSeries& a, const ChebyshevSeries& b, long log2);

/// With coefficients of at most 2^log2 of the sum of all sizes as 0, and none after the last that
/// is not: what a method that is known to so many bits has determined.
[[nodiscard]] ChebyshevSeries without_undetermined(ChebyshevSeries series, long log2);

/// With the parity that its zeros show; none about a centre that is not 0.
[[nodiscard]] ChebyshevSeries with_seen_parity(ChebyshevSeries series);

/// The coefficients of 1, x, x^2, ..., exactly.
[[nodiscard]] std::vector<Rational> to_powers(const ChebyshevSeries& series);

/// A polynomial in powers of x as a series on `basis`, exactly.
[[nodiscard]] ChebyshevSeries from_powers(const std::vector<Rational>& coefficients,
                                          const Interval& basis);

/// sum c_k T_k(y) by Clenshaw's recurrence; there is a c_0.
[[nodiscard]] double value_of_series(const std::vector<double>& c, double y);

/// Clenshaw's recurrence on one rung; for odd and even series in steps of two, so that a zero
/// costs nothing.
template <class T>
class SeriesEvaluator {
 public:
  explicit SeriesEvaluator(const ChebyshevSeries& series);

  T operator()(const T& x) const { return at_all(std::array{x})[0]; }

  /// The values at several points, the same as one by one; their recurrences run side by side.
  template <std::size_t Count>
  std::array<T, Count> at_all(const std::array<T, Count>& points) const;

 private:
  T centre_;
  T reciprocal_half_width_;
  Parity parity_;
  std::vector<T> coefficients_;  // without the zeros of the parity
};

// b_k = c_k + z b_{k+1} - b_{k+2}; with z = 2y the basis is T_k(y), with z = 2 T_2(y) the
// recurrence runs over every second T_k, for either parity.
template <class T>
template <std::size_t Count>
std::array<T, Count> SeriesEvaluator<T>::at_all(const std::array<T, Count>& points) const {
  std::array<T, Count> y;
  std::array<T, Count> z;
  std::array<T, Count> b1;
  std::array<T, Count> b2;
  for (std::size_t i = 0; i < Count; ++i) {
    y[i] = (points[i] - centre_) * reciprocal_half_width_;
    z[i] = parity_ == Parity::none ? T(2 * y[i]) : T(4 * y[i] * y[i] - 2);
    b1[i] = 0;
    b2[i] = 0;
  }
  for (std::size_t k = coefficients_.size(); k-- > 1;) {
    const T& c = coefficients_[k];
    for (std::size_t i = 0; i < Count; ++i) {
      const T b = c + z[i] * b1[i] - b2[i];
      b2[i] = b1[i];
      b1[i] = b;
    }
  }
  std::array<T, Count> values{};
  if (coefficients_.empty()) return values;
  for (std::size_t i = 0; i < Count; ++i) {
    values[i] = parity_ == Parity::odd ? T(y[i] * (coefficients_[0] + (z[i] - 1) * b1[i] - b2[i]))
                                       : T(coefficients_[0] + z[i] / 2 * b1[i] - b2[i]);
  }
  return values;
}

}  // namespace equiripple
