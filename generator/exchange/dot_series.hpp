// A Chebyshev series that is evaluated by dot products, at any precision.
//
// In blocks of m about the root of the number of terms: T_{mk+j} = 2 T_mk T_j - T_{mk-j} gives
// sum_k A_k(v) T_k(T_m(v)), each A_k a sum over j < m of the same T_j(v). A dot product is several
// times as fast as Clenshaw's steps, and each block needs only the bits that its size reaches.
#pragma once

#include <vector>

#include "generator/numbers/ball.hpp"

namespace equiripple {

class DotSeries {
 public:
  DotSeries() = default;
  /// `coefficients` of T_0, T_1, ... are exact balls; `bits` relative to the largest.
  DotSeries(std::vector<Ball> coefficients, slong bits);

  /// The value at the middle of v, as the middle of a ball: not an enclosure.
  Ball operator()(const Ball& v) const;

  const std::vector<Ball>& coefficients() const { return coefficients_; }

 private:
  std::vector<Ball> coefficients_;
  std::vector<Ball> terms_;        // the coefficients of the A_k in a row
  std::vector<slong> block_bits_;  // for each A_k
  slong bits_ = 0;
  std::size_t block_ = 1;  // m
};

}  // namespace equiripple
