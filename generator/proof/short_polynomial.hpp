// The polynomial through values at Chebyshev points of [-1, 1], in double with its rounding
// bounded.
#pragma once

#include <vector>

#include "generator/chebyshev.hpp"

namespace equiripple {

class ShortPolynomial {
 public:
  /// 8, 16, ..., 512 values at cos((2j + 1) pi / (2 nodes)), j = 0, 1, ...; each within
  /// `value_error` of the curve's value; the curve differs from the polynomial through its own
  /// values by at most `remainder`.
  ShortPolynomial(const std::vector<double>& values, double value_error, double remainder);

  /// The curve at t is within error() of this; |t| <= 1.
  [[nodiscard]] double value(double t) const { return value_of_series(coefficients_, t); }
  [[nodiscard]] double error() const { return error_; }

  /// A place to look at: about where the curve has an extremum, as Newton's method finds it from t.
  [[nodiscard]] double extremum_near(double t) const;

  /// |curve| is at most this on [centre - width, centre + width], inside [-1, 1].
  [[nodiscard]] double bound_around(double centre, double width) const;

 private:
  std::vector<double> coefficients_;  // of T_0, T_1, ...
  std::vector<double> derivative_;    // of the derivative, likewise
  double error_;                      // of value()
  double derivative_error_;           // of the derivative as computed
  double curvature_;                  // bounds the second derivative
};

}  // namespace equiripple
