// The exchange's linear algebra in double: from the residuals of a nearly levelled polynomial to
// the polynomial that levels it, good to about 40 bits. Repeated on residuals of high precision it
// gains these bits each time, whatever the precision.
#pragma once

#include <optional>
#include <vector>

namespace equiripple {

/// A point v of [-1, 1] by its distances from both ends, so that points crowded there stay apart.
struct EndDistances {
  double from_lower;  // v + 1
  double to_upper;    // 1 - v
};

struct Correction {
  double level;                      // signed: at the last point
  std::vector<double> coefficients;  // of T_0(v), T_1(v), ...
};

class Corrector {
 public:
  /// Ascending points; the weights are those of the error.
  Corrector(std::vector<EndDistances> points, std::vector<double> reciprocal_weights);

  /// q and h such that residual_i - q(v_i) = s_i h / weight_i, s_i alternating and 1 at the last
  /// point. Empty where double overflows.
  std::optional<Correction> correct(const std::vector<double>& residuals) const;

  /// The sum of |b_i f_i| over that of |b_i| / weight_i: what rounding f_i relatively by 1 may do
  /// to the level.
  double magnitude(const std::vector<double>& values) const;

  /// log2 of what errors of up to 1 / weight_i at the points may come to at another: the Lebesgue
  /// function, weighted.
  double amplification_log2(const EndDistances& v) const;

 private:
  std::vector<EndDistances> points_;
  std::vector<double> reciprocal_weights_;
  std::vector<double> weights_;  // barycentric: b_i
  double denominator_ = 0;
  int scale_log2_ = 0;  // b_i is this much larger than 1 / prod (v_i - v_j)
};

}  // namespace equiripple
