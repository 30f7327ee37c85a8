// Which degrees a link can settle at a given depth, from the powers that are there.
#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "emit/plan/degree_set.hpp"
#include "emit/plan/shape.hpp"

namespace equiripple {

/// A factor of products, and an operand of sums.
struct Factor {
  int degree = 1;
  int depth = 0;
  bool value = false;       // of the class of the series: its multiples may be added
  bool multiplier = false;  // times a value it is of the class of the series again
  /// A link settles its own degrees above what a product of it with a multiplier below this
  /// settles.
  int reach = std::numeric_limits<int>::max();
};

/// Whether a * b is a term of the series.
inline bool are_partners(const Factor& a, const Factor& b) {
  return (a.value && b.multiplier && b.degree < a.reach) ||
         (b.value && a.multiplier && a.degree < b.reach);
}

/// Whether one of them may be multiplied by a scalar first, in a link of that depth.
inline bool meet_scaled(const Factor& a, const Factor& b, int link_depth) {
  return std::max(a.depth, b.depth) <= link_depth - 1 &&
         std::min(a.depth, b.depth) <= link_depth - 2;
}

template <class Set>
struct Coverage {
  Set scaled;  // by multiples of powers alone
  Set all;     // by products as well
};

template <class Set>
Coverage<Set> coverage_of(const std::vector<Factor>& powers, int link_depth) {
  Coverage<Set> result;
  Set values;  // that may be scaled and then multiplied
  Set multipliers;
  for (const Factor& power : powers) {
    if (power.depth > link_depth - 1) continue;
    if (power.value) result.scaled.insert(power.degree);
    if (power.depth > link_depth - 2) continue;
    if (power.value) values.insert(power.degree);
    if (power.multiplier) multipliers.insert(power.degree);
  }
  result.all = result.scaled;
  for (const Factor& power : powers) {
    if (power.depth > link_depth - 1) continue;
    if (power.multiplier) result.all |= values.raised(power.degree);
    if (power.value) result.all |= multipliers.raised(power.degree);
  }
  return result;
}

}  // namespace equiripple
