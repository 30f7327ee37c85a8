// A polynomial as a Chebyshev series on an interval, with exact coefficients.
#pragma once

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

/// A polynomial in powers of x as a series on `basis`, exactly.
[[nodiscard]] ChebyshevSeries from_powers(const std::vector<Rational>& coefficients,
                                          const Interval& basis);

/// Clenshaw's recurrence on one rung; for odd and even series in steps of two, so that a zero
/// costs nothing.
template <class T>
class SeriesEvaluator {
 public:
  explicit SeriesEvaluator(const ChebyshevSeries& series);

  T operator()(const T& x) const { return at_basis((x - centre_) * reciprocal_half_width_); }

  /// The value at y, where y is x mapped onto [-1, 1].
  T at_basis(const T& y) const;

 private:
  T centre_;
  T reciprocal_half_width_;
  Parity parity_;
  std::vector<T> coefficients_;  // without the zeros of the parity
};

}  // namespace equiripple
