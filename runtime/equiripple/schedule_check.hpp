// What can be wrong with the scales of a plan, found before anything is encoded or computed.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "errors.hpp"
#include "levels.hpp"

namespace equiripple {
namespace detail {

/// Agreement of scales that rounding of doubles explains; the drift between a prime and its nominal
/// size is far above.
inline constexpr double scale_agreement = 0x1p-40;  // chosen

inline bool scales_agree(double x, double y) { return std::abs(x - y) <= scale_agreement * y; }

/// "2^40"
inline std::string power_text(double scale) { return "2^" + number_text(std::log2(scale)); }

class ScheduleCheck {
 public:
  /// `working_scale`: what the first rescaling divides by.
  ScheduleCheck(const std::vector<Record>& records, double input_scale, double working_scale)
      : records_(records), input_scale_(input_scale), working_scale_(working_scale) {}

  // Where the leading coefficient is absorbed, no scalar is left that could set the scale of the
  // result.
  void choice_of_scale(double output_scale, double factor) const {
    const double scale = records_.back().scale * factor;
    if (output_scale == 0 || scales_agree(scale, output_scale)) return;
    throw wrong_scale("the result has scale " + power_text(scale) +
                      ", which this plan does not let the caller choose (" +
                      power_text(output_scale) + " was asked for)");
  }

  // A value at a scale near 1 has no digits left.
  void precision(bool spends_level) const {
    constexpr double smallest = 1024;  // chosen: three decimal digits
    constexpr double smallest_range_scalar =
        0x1p+20;                       // chosen: the variable leaves [-1, 1] by 2^-21
    bool first_scalar = spends_level;  // 1 / half width
    for (const Record& record : records_) {
      const bool is_scalar = record.step == Step::multiply_scalar;
      const double scale = is_scalar ? std::min(record.scale, record.encoding) : record.scale;
      if (is_scalar && first_scalar) {
        first_scalar = false;
        if (!(record.scalar * record.encoding >= smallest_range_scalar)) {
          throw wrong_scale("the working scale " + power_text(working_scale_) +
                            " cannot hold 1 / range with the digits that normalising needs, for " +
                            input_text());
        }
      }
      if (!(scale >= smallest)) {
        throw wrong_scale(input_text() + " is too small beside the working scale " +
                          power_text(working_scale_) + ": an intermediate scale would be " +
                          power_text(scale));
      }
    }
  }

  // Libraries refuse a scale that the modulus cannot hold; a sign takes the last bit.
  void room(const std::vector<double>& modulus_bits) const {
    for (const Record& record : records_) {
      const double bits = std::log2(record.scale);
      const double room = modulus_bits[static_cast<std::size_t>(record.level)] - 1;
      if (bits <= room) continue;
      throw wrong_scale("a value at level " + std::to_string(record.level) +
                        " would have scale 2^" + number_text(bits) +
                        ", and the modulus has room for 2^" + number_text(room) + "; " +
                        input_text() + ", the working scale " + power_text(working_scale_));
    }
  }

 private:
  std::string input_text() const { return "an input's scale of " + power_text(input_scale_); }

  const std::vector<Record>& records_;
  double input_scale_;
  double working_scale_;
};

}  // namespace detail
}  // namespace equiripple
