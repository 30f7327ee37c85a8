// Clenshaw's recurrence on a Chebyshev series, in fixed point.
//
// b_j = c_j + 2 z b_{j+1} - b_{j+2} has no term larger than the last sum, so that one unit serves
// all of them: a step is a product of limbs and two sums, without exponents, several times as fast
// as the same in floating point. Where what is left of the series is small, so are the numbers:
// each step has the limbs that its size reaches.
#pragma once

#include <vector>

#include "generator/numbers/ball.hpp"

namespace equiripple {

class FixedSeries {
 public:
  FixedSeries() = default;
  /// Of the middles of `coefficients`, cut where they reach further than `most_bits` below the sum
  /// S of their sizes.
  FixedSeries(const std::vector<Ball>& coefficients, slong most_bits);

  struct Sums {   // middles of balls; radii are 0
    Ball first;   // b_0
    Ball second;  // b_1
  };

  /// At the middle z of the ball; throws std::domain_error unless |z| <= 1. The sums are exactly
  /// those of a recurrence in which every step is off by at most 2^-bits S, what was cut from its
  /// coefficient apart. With them sum c_j T_j(z) = b_0 - z b_1.
  [[nodiscard]] Sums operator()(const Ball& z, slong bits) const;

 private:
  std::size_t limbs_for(slong bits) const;
  FixedSeries padded_to(std::size_t limbs) const;

  std::size_t count_ = 0;
  std::size_t limbs_ = 0;              // of every coefficient
  long scale_log2_ = 0;                // S is at most 2^this
  int head_bits_ = 0;                  // of a number's limbs, above its fraction
  std::vector<mp_limb_t> integers_{};  // the coefficients in units of the last bit, two's
                                       // complement, low limbs first
  std::vector<double> sizes_log2_{};   // of b_j, over the scale
};

}  // namespace equiripple
