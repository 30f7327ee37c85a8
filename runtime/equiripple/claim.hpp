// What an emitted table says about itself.
#pragma once

#include <array>
#include <cstddef>

namespace equiripple {

/// Bounds of the error of a table as stored, in exact evaluation.
struct Claim {
  double lower;     // no polynomial of the class does better
  double attained;  // this table is at least this bad
  double upper;     // and no worse
};

/// Whether entries first, first + 2, ... are exactly zero, as a parity demands.
template <std::size_t size>
constexpr bool every_second_is_zero(const std::array<double, size>& table, std::size_t first) {
  for (std::size_t k = first; k < size; k += 2) {
    if (table[k] < 0 || table[k] > 0) return false;
  }
  return true;
}

/// Whether intervals follow each other without overlap.
template <std::size_t size>
constexpr bool ascends(const std::array<std::array<double, 2>, size>& intervals) {
  for (std::size_t i = 0; i < size; ++i) {
    if (!(intervals[i][0] <= intervals[i][1])) return false;
    if (i > 0 && !(intervals[i - 1][1] <= intervals[i][0])) return false;
  }
  return true;
}

/// lower <= attained <= upper, and none of them NaN.
constexpr bool is_ordered(const Claim& claim) {
  return claim.lower <= claim.attained && claim.attained <= claim.upper;
}

}  // namespace equiripple
