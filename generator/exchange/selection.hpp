// Which of more alternating extrema than a reference needs make the next reference.
//
// Any that alternate, have at least the level and include the largest raise it. Of those the best
// spread are taken, as a polynomial through points on one side of the domain is wild on the other,
// unless some raise the level by more: how far is known before it is levelled. Where the best error
// alternates more often than it must, all heights are the same.
#pragma once

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

#include "generator/exchange/extrema.hpp"

namespace equiripple {

/// Indices of `count` of the points that are `gaps` apart, the pinned one among them; what is left
/// out between two is an even number.
[[nodiscard]] std::vector<std::size_t> well_spread(const std::vector<double>& gaps,
                                                   std::size_t count, std::size_t pinned);

/// Alternating errors at places that are `gaps` apart.
struct Heights {
  std::vector<double> gaps;
  std::vector<double> excess;  // over the level, relative to it
  double noise = 0;            // of the excess
};

/// The choice `kept`, after exchanges of pairs, the pinned place among them, that give its
/// reference a higher level: at least half as far again above the one that the errors have now.
[[nodiscard]] std::vector<std::size_t> raised(const Heights& heights, std::vector<std::size_t> kept,
                                              std::size_t pinned);

/// Drops extrema until `count` remain: first those below `level`, the smallest first, in pairs or
/// at an end, so that the signs still alternate; then those that are close to others, or raise the
/// level by less than others would. The largest stays. `map` is to the variable u of the problem.
template <class T, class Map>
void keep_best(std::vector<Extremum<T>>& extrema, std::size_t count, const T& level,
               const Map& map) {
  constexpr double rounding = 1 - 0x1p-30;  // what is level but for that counts; chosen
  keep_largest(extrema, count, T(level * rounding));
  if (extrema.size() <= count) return;
  std::vector<T> u;
  for (const Extremum<T>& extremum : extrema) u.push_back(map(extremum.x));
  Heights heights;
  heights.noise = std::is_same_v<T, double> ? 0x1p-40 : 0x1p-100;  // chosen
  for (std::size_t i = 0; i + 1 < u.size(); ++i) {                 // the hull is 1 long
    heights.gaps.push_back(convert<double>(T((u[i + 1] - u[i]) / (u.back() - u.front()))));
  }
  std::size_t largest = 0;
  for (std::size_t i = 0; i < extrema.size(); ++i) {
    heights.excess.push_back(convert<double>(T(real_abs(extrema[i].error) / level - 1)));
    if (real_abs(extrema[i].error) > real_abs(extrema[largest].error)) largest = i;
  }
  std::vector<Extremum<T>> kept;
  for (const std::size_t i : raised(heights, well_spread(heights.gaps, count, largest), largest)) {
    kept.push_back(extrema[i]);
  }
  extrema = std::move(kept);
}

}  // namespace equiripple
