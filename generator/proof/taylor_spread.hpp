// What a polynomial of small degree can make of a disc: by its derivatives at the centre, which
// sees that it is flat there.
#pragma once

#include "generator/chebyshev.hpp"
#include "generator/numbers/ball_series.hpp"

namespace equiripple {

class TaylorSpread {
 public:
  /// On the basis mapped onto [-1, 1]. Above highest_degree the shift to a centre loses too many
  /// bits, and nothing is known.
  explicit TaylorSpread(const ChebyshevSeries& series);

  /// At least |p(z) - p(y)| for |z - y| <= d, in the complex plane: the sum of |p^(k)(y)| d^k / k!.
  [[nodiscard]] Ball operator()(const Ball& y, const Ball& d, slong bits) const;

  static constexpr int highest_degree = 15;  // chosen: 2^20 of growth in the shift, of 2^128

 private:
  BallSeries powers_;
  bool applies_;
};

}  // namespace equiripple
