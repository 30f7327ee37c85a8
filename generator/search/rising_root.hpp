// Where a rising function changes its sign, by ever smaller brackets.
#pragma once

#include <cmath>

namespace equiripple {

/// The last argument seen at which f, which rises, is at most 0, once the bracket is no wider than
/// `tolerance`; `low` where f is above 0 there already. Chords, of which an end that stays twice
/// counts half (Illinois [DJ71]), and halvings where those are slow;
/// f may be infinite.
template <class F>
[[nodiscard]] double rising_root(const F& f, double low, double high, double tolerance) {
  double at_low = f(low);
  if (!(at_low <= 0)) return low;
  double at_high = f(high);
  if (at_high <= 0) return high;
  constexpr int chords_between = 4;  // chosen: halvings, so that no bracket stays wide
  int side = 0;
  for (int step = 1; high - low > tolerance; ++step) {
    double x = low + (high - low) * (at_low / (at_low - at_high));
    const bool is_slow = step % (chords_between + 1) == 0 || !std::isfinite(at_high - at_low);
    if (is_slow) x = low + (high - low) / 2;
    // Beside an end: from the other side of the root the bracket becomes small.
    const double inset = tolerance / 2;
    x = std::fmin(std::fmax(x, low + inset), high - inset);
    if (!(low < x && x < high)) break;
    const double y = f(x);
    if (y <= 0) {
      low = x;
      at_low = y;
      if (side < 0) at_high /= 2;
      side = -1;
    } else {
      high = x;
      at_high = y;
      if (side > 0) at_low /= 2;
      side = 1;
    }
  }
  return low;
}

}  // namespace equiripple
