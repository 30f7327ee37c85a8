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

/// A power with its part in a series of the class; those times x are the odd ones.
inline Factor power_factor(SeriesClass series_class, int degree, int depth, bool times_x) {
  const bool odd = degree % 2 == 1;
  switch (series_class) {
    case SeriesClass::dense:
      return {.degree = degree, .depth = depth, .value = true, .multiplier = true};
    case SeriesClass::odd:
      return {.degree = degree, .depth = depth, .value = odd, .multiplier = !odd};
    case SeriesClass::odd_times_x:
      return {.degree = degree, .depth = depth, .value = times_x, .multiplier = !odd};
  }
  return {};
}

/// The variable, and x times it where x is used.
inline std::vector<Factor> first_powers(SeriesClass series_class) {
  std::vector<Factor> powers = {power_factor(series_class, 1, 0, /*times_x=*/false)};
  if (series_class == SeriesClass::odd_times_x) {
    powers.push_back(power_factor(series_class, 1, 1, /*times_x=*/true));
  }
  return powers;
}

/// The degrees that a series of the class has, but for the constant.
template <class Set>
Set degrees_of(SeriesClass series_class, int highest) {
  Set degrees;
  for (int k = 1; k <= highest; k += series_class == SeriesClass::dense ? 1 : 2) degrees.insert(k);
  return degrees;
}

/// The product of two powers, without a scalar, that begins a link of that degree and depth; none
/// where first is no_operand.
inline ShapeProduct leading_product(const std::vector<Factor>& powers, int degree, int link_depth) {
  for (std::size_t a = 0; a < powers.size(); ++a) {
    for (std::size_t b = 0; b < powers.size(); ++b) {
      if (powers[a].multiplier && powers[b].value &&
          powers[a].degree + powers[b].degree == degree &&
          std::max(powers[a].depth, powers[b].depth) < link_depth) {
        return {.first = static_cast<int>(a), .second = static_cast<int>(b), .scaled = false};
      }
    }
  }
  return {};
}

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
