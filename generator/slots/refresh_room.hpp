// What proofs leave for scales: a runtime that rescales by primes has values at a scale that is not
// quite the one that a refresh takes. It reads them as so many times as large, refreshes, and reads
// them back. Up to 2^-20 that needs no level.
#pragma once

#include "generator/slots/slot_steps.hpp"

namespace equiripple {

inline constexpr long refresh_room_log2 = -20;  // chosen: primes of 40 bits are nearer

/// What is refreshed is at most this.
[[nodiscard]] inline Rational most_refreshed() { return 1 - power_of_two(refresh_room_log2); }

/// What a refresh adds at most, read back.
[[nodiscard]] inline Rational added_by(const SlotRefresh& refresh) {
  return refresh.noise / most_refreshed();
}

}  // namespace equiripple
