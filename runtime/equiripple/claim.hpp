// What an emitted table says about itself.
#pragma once

#include <array>
#include <cstddef>

namespace equiripple {

/// Bounds of the error of a table as stored, in exact evaluation, in multiples of `unit`. For f the
/// function and p what the table computes, on all of the domain:
///   absolute   |p - f| <= upper * unit, and unit is 1
///   relu       the same over the whole range, the gap of sign included, and unit is the range
///   relative   |p - f| <= upper * unit * |f|, and unit is 1
///   weighted   weight * |p - f| <= upper * unit, with the weight of the request, and unit is 1
struct Claim {
  enum class Metric : unsigned char { absolute, relative, weighted, relu };
  enum class Evidence : unsigned char { measured, proved };

  double lower;     // no polynomial of the class does better
  double attained;  // this table is at least this bad
  double upper;     // and no worse
  double unit;
  Metric metric;
  Evidence evidence;

  /// upper * unit, rounded upwards: what errors are compared with, as the metric says.
  constexpr double bound() const { return unit == 1 ? upper : upper * unit * (1 + 0x1p-51); }
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

/// lower <= attained <= upper and a unit above 0, none of them NaN.
constexpr bool is_ordered(const Claim& claim) {
  return claim.lower <= claim.attained && claim.attained <= claim.upper && claim.unit > 0;
}

}  // namespace equiripple
