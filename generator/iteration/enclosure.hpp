// Intervals of rationals, rounded outward so that they stay short through an iteration.
#pragma once

#include <algorithm>

#include "generator/domain.hpp"

namespace equiripple {

inline constexpr int enclosure_bits = 256;  // chosen: far beyond what binary64 scalars determine

// A file may hold any scalars: squared again and again their exponents would exhaust a machine.
inline constexpr long smallest_kept_log2 = -2000;  // chosen: far below the smallest binary64 number
inline constexpr long largest_kept_log2 = 64;      // chosen: what is followed is near 1

[[nodiscard]] inline Interval shortened(const Interval& x) {
  const Rational least = power_of_two(smallest_kept_log2);
  Interval y{round_to_bits(x.lower, enclosure_bits, Rounding::down),
             round_to_bits(x.upper, enclosure_bits, Rounding::up)};
  if (abs(y.lower) < least) y.lower = y.lower < 0 ? Rational(-least) : Rational(0);
  if (abs(y.upper) < least) y.upper = y.upper > 0 ? least : Rational(0);
  return y;
}

/// Whether values of an iteration have run so far away that nothing is claimed of them.
[[nodiscard]] inline bool has_run_away(const Interval& x) {
  return x.lower < -power_of_two(largest_kept_log2) || x.upper > power_of_two(largest_kept_log2);
}

/// What then stands for a bound: above every claim.
[[nodiscard]] inline Rational beyond_all_claims() { return power_of_two(largest_kept_log2); }

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
