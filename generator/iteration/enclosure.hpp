// Intervals of rationals, rounded outward so that they stay short through an iteration.
#pragma once

#include <algorithm>

#include "generator/domain.hpp"

namespace equiripple {

inline constexpr int enclosure_bits = 256;  // chosen: far beyond what binary64 scalars determine

[[nodiscard]] inline Interval shortened(const Interval& x) {
  return {round_to_bits(x.lower, enclosure_bits, Rounding::down),
          round_to_bits(x.upper, enclosure_bits, Rounding::up)};
}

[[nodiscard]] inline Interval plus(const Interval& x, const Rational& c) {
  return {x.lower + c, x.upper + c};
}

[[nodiscard]] inline Interval times(const Interval& x, const Interval& y) {
  const auto [least, most] =
      std::minmax({x.lower * y.lower, x.lower * y.upper, x.upper * y.lower, x.upper * y.upper});
  return shortened({least, most});
}

[[nodiscard]] inline Interval times(const Interval& x, const Rational& c) {
  return c < 0 ? Interval{x.upper * c, x.lower * c} : Interval{x.lower * c, x.upper * c};
}

/// Of all squares, so that 0 is the least where x holds it.
[[nodiscard]] inline Interval square_of(const Interval& x) {
  const Rational least = x.lower > 0 ? x.lower : x.upper < 0 ? Rational(-x.upper) : Rational(0);
  const Rational most = std::max(abs(x.lower), abs(x.upper));
  return shortened({least * least, most * most});
}

/// The largest |x - c|.
[[nodiscard]] inline Rational farthest_from(const Rational& c, const Interval& x) {
  return std::max(abs(x.lower - c), abs(x.upper - c));
}

}  // namespace equiripple
