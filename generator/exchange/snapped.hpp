// A reference of one rung on another.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "generator/exchange/problem.hpp"

namespace equiripple {

/// A point that another rung rounded from the end of a segment, or out of it, is that end.
template <class T>
T snapped(const T& x, const Problem<T>& problem) {
  constexpr int of_the_segment_log2 = -20;  // chosen: a shorter segment than that is no end
  const auto& segments = problem.segments();
  const auto after = std::ranges::lower_bound(segments, x, {}, &Segment<T>::upper);
  const auto distance = [&](const T& end) { return real_abs(T(x - end)); };
  // `after` is the first segment that does not end before x; x may lie in the gap before it.
  const Segment<T>& segment =
      after == segments.end() || (after != segments.begin() && x < after->lower &&
                                  distance((after - 1)->upper) < distance(after->lower))
          ? *(after - 1)
          : *after;
  const T rounding = scale_by_power_of_two(real_abs(x), 3 - binary64_bits);
  const T share = scale_by_power_of_two(T(segment.upper - segment.lower), of_the_segment_log2);
  const T& end = distance(segment.lower) < distance(segment.upper) ? segment.lower : segment.upper;
  const bool is_inside = segment.lower <= x && x <= segment.upper;
  return !is_inside || distance(end) <= std::min(rounding, share) ? end : x;
}

template <class T>
bool is_ascending(const std::vector<T>& points) {
  return std::ranges::adjacent_find(points, std::greater_equal<>()) == points.end();
}

template <class T>
std::vector<T> reference_on(const Problem<T>& problem, const std::vector<Rational>& reference) {
  std::vector<T> points;
  for (const Rational& x : reference) points.push_back(snapped(from_rational<T>(x), problem));
  return points;
}

}  // namespace equiripple
