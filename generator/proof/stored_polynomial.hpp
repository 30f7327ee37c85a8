// A stored Chebyshev series, evaluated with its rounding bounded in advance.
#pragma once

#include "generator/chebyshev.hpp"
#include "generator/numbers/ball.hpp"
#include "generator/numbers/fixed_series.hpp"

namespace equiripple {

class StoredPolynomial {
 public:
  explicit StoredPolynomial(const ChebyshevSeries& series);

  /// Encloses p where the basis is mapped onto [-1, 1]: y holds points of [-1, 1] (what it holds
  /// beyond is left out). The radius grows with that of y by the derivative's largest value: not
  /// for wide y.
  [[nodiscard]] Ball value(const Ball& y, slong bits) const;

  /// y of x.
  [[nodiscard]] Ball mapped(const Ball& x, slong bits) const;
  /// x of y = cos(theta), sharp also where a wide theta is near an end of the basis.
  [[nodiscard]] Ball argument(const Ball& theta, slong bits) const;
  [[nodiscard]] ComplexBall argument(const ComplexBall& theta, slong bits) const;

  int degree() const { return degree_; }
  Parity parity() const { return parity_; }

  double log2_norm() const { return log2_norm_; }         // of the sum of |c_k|, rounded up
  const Ball& half_width() const { return half_width_; }  // of the basis
  const Ball& norm() const { return norm_; }              // the sum of |c_k|
  const Ball& slope() const { return slope_; }            // of |c_k| k: bounds |dp / dtheta|
  const Ball& steepness() const { return steepness_; }    // of |c_k| k^2: bounds |dp / dy|

 private:
  int degree_;
  Parity parity_;
  Ball centre_;
  Ball half_width_;
  Ball lower_;
  Ball upper_;
  FixedSeries series_;  // without the zeros of the parity
  Ball norm_;
  Ball slope_;
  Ball steepness_;
  double log2_norm_ = 0;
};

}  // namespace equiripple
