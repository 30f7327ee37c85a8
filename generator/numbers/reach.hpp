// Numbers of MPFR that can become rational ones: its exponents reach further than memory.
#pragma once

#include "generator/numbers/real.hpp"

namespace equiripple {

/// log2 of the largest; chosen: far beyond binary64, and small in memory.
inline constexpr long reach_log2 = 1 << 15;

/// Finite, and at most 2^reach_log2 in size.
template <class T>
[[nodiscard]] bool is_within_reach(const T& x) {
  return is_finite(x) && (x == 0 || log2_of(x) <= reach_log2);
}

/// Not 0, but so small that no number of a request or a result is told from 0 by it.
template <class T>
[[nodiscard]] bool is_below_reach(const T& x) {
  return x != 0 && log2_of(x) < -2 * reach_log2;
}

}  // namespace equiripple
