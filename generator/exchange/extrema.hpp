// The alternating extrema of an error curve.
//
// The curve is sampled between the points of the reference, at least at every end of a segment;
// of each run of samples of one sign the largest is refined by parabolas. Sampling locates
// extrema; it proves nothing.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "generator/exchange/problem.hpp"

namespace equiripple {

template <class T>
struct Extremum {
  T x;
  T error;  // signed
};

/// Samples between neighbouring reference points.
inline constexpr int samples_between = 7;  // chosen: two samples a hump where a hump was missed

inline constexpr int few_samples_between = 3;  // where samples are expensive; chosen

/// At a peak that has no knot nothing else tells how high it is. Chosen: heights to 2^-150.
inline constexpr int unguided_steps = 12;

/// The largest |error| inside (a, c), started from a sample b with |error(b)| no smaller than at a
/// and c. `steps` parabolas, each on the three closest points.
template <class T, class Curve>
Extremum<T> refine(const Curve& curve, Extremum<T> a, Extremum<T> b, Extremum<T> c, int steps) {
  const int sign = b.error < 0 ? -1 : 1;
  for (int step = 0; step < steps; ++step) {
    const T left = (b.x - a.x) * sign * (b.error - c.error);
    const T right = (b.x - c.x) * sign * (b.error - a.error);
    const T slope = left - right;
    if (slope == 0) break;
    const T x = b.x - ((b.x - a.x) * left - (b.x - c.x) * right) / (2 * slope);
    if (!(x > a.x && x < c.x) || x == b.x) break;
    const Extremum<T> candidate{x, curve(x)};
    if (sign * candidate.error >= sign * b.error) {
      (x < b.x ? c : a) = b;
      b = candidate;
    } else {
      (x < b.x ? a : c) = candidate;
    }
  }
  return b;
}

/// The largest |error| between an end of a segment and the next sample, where the end is the
/// larger: the end itself, unless the curve rises from it first.
template <class T, class Curve>
Extremum<T> refine_at_end(const Curve& curve, const Extremum<T>& end, Extremum<T> beside,
                          int steps) {
  const int sign = end.error < 0 ? -1 : 1;
  for (int step = 0; step < steps; ++step) {
    const T x = (end.x + beside.x) / 2;
    const Extremum<T> middle{x, curve(x)};
    if (sign * middle.error >= sign * end.error) {
      return end.x < beside.x ? refine(curve, end, middle, beside, steps)
                              : refine(curve, beside, middle, end, steps);
    }
    beside = middle;
  }
  return end;
}

/// Where a segment is sampled, and whether a knot is there.
template <class T>
struct SamplePoint {
  T x;
  bool is_knot;
};

/// Its ends, the knots inside it, and `between` more in each interval between those: in one that
/// is wider than those beside it as many as there would be with knots as close as theirs.
template <class T>
std::vector<SamplePoint<T>> sample_points(const Segment<T>& segment, const std::vector<T>& knots,
                                          int between) {
  constexpr double wider = 1.5;  // chosen: neighbours of a good reference differ by less
  constexpr double widest = 16;  // chosen
  std::vector<SamplePoint<T>> fixed{{segment.lower, false}};
  for (const T& x : knots) {
    if (x == segment.lower) fixed.front().is_knot = true;
    if (x > fixed.back().x && x < segment.upper) fixed.push_back({x, true});
  }
  fixed.push_back(
      {segment.upper, !knots.empty() && std::ranges::binary_search(knots, segment.upper)});
  const auto width = [&](std::size_t i) { return convert<double>(T(fixed[i + 1].x - fixed[i].x)); };
  std::vector<SamplePoint<T>> points;
  for (std::size_t i = 0; i + 1 < fixed.size(); ++i) {
    double share = 1;
    if (i > 0) share = std::max(share, width(i) / width(i - 1));
    if (i + 2 < fixed.size()) share = std::max(share, width(i) / width(i + 1));
    const int here =
        share < wider ? between : static_cast<int>((between + 1) * std::min(share, widest));
    const T step = (fixed[i + 1].x - fixed[i].x) / (here + 1);
    points.push_back(fixed[i]);
    for (int k = 1; k <= here; ++k) points.push_back({fixed[i].x + k * step, false});
  }
  points.push_back(fixed.back());
  return points;
}

/// One extremum for each run of equal sign, ascending: signs alternate.
template <class T, class Curve>
std::vector<Extremum<T>> alternating_extrema(const Curve& curve,
                                             const std::vector<Segment<T>>& segments,
                                             const std::vector<T>& knots, int steps,
                                             int between = samples_between) {
  std::vector<Extremum<T>> extrema;
  std::optional<Extremum<T>> best;  // of the current run
  const auto consider = [&](const Extremum<T>& candidate) {
    const bool same_run = best && (best->error < 0) == (candidate.error < 0);
    if (best && !same_run) extrema.push_back(*best);
    if (!same_run || real_abs(candidate.error) > real_abs(best->error)) best = candidate;
  };
  for (const Segment<T>& segment : segments) {
    std::vector<Extremum<T>> samples;
    const auto points = sample_points(segment, knots, between);
    for (const SamplePoint<T>& point : points) samples.push_back({point.x, curve(point.x)});
    const auto beside_knot = [&](std::size_t i) {
      return points[i - 1].is_knot || points[i].is_knot || points[i + 1].is_knot;
    };
    const auto size = [&](std::size_t i) { return real_abs(samples[i].error); };
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (samples[i].error == 0) continue;
      const bool below_left = i > 0 && size(i) < size(i - 1);
      const bool below_right = i + 1 < samples.size() && size(i) < size(i + 1);
      const bool inner = i > 0 && i + 1 < samples.size();
      if (below_left || below_right) {
        consider(samples[i]);
      } else if (inner) {
        const int here = steps == 0 || beside_knot(i) ? steps : std::max(steps, unguided_steps);
        consider(refine(curve, samples[i - 1], samples[i], samples[i + 1], here));
      } else {
        consider(refine_at_end(curve, samples[i], samples[i == 0 ? 1 : i - 1], steps));
      }
    }
  }
  if (best) extrema.push_back(*best);
  return extrema;
}

/// Drops extrema until `count` remain, or none is below `level`: the smallest, in pairs or at an
/// end, so that the signs still alternate.
template <class T>
void keep_largest(std::vector<Extremum<T>>& extrema, std::size_t count, const T& level) {
  const auto size = [&](std::size_t i) { return real_abs(extrema[i].error); };
  const auto erase = [&](std::size_t first, std::size_t number) {
    const auto begin = extrema.begin() + static_cast<std::ptrdiff_t>(first);
    extrema.erase(begin, begin + static_cast<std::ptrdiff_t>(number));
  };
  while (extrema.size() > count) {
    const std::size_t last = extrema.size() - 1;
    std::size_t smallest = 0;
    for (std::size_t i = 1; i <= last; ++i) {
      if (size(i) < size(smallest)) smallest = i;
    }
    if (!(size(smallest) < level) && extrema.size() > count + 1) break;
    if (smallest == 0 || smallest == last) {
      erase(smallest, 1);
    } else if (extrema.size() == count + 1) {
      erase(size(0) < size(last) ? 0 : last, 1);
    } else {
      erase(size(smallest - 1) < size(smallest + 1) ? smallest - 1 : smallest, 2);
    }
  }
}

}  // namespace equiripple
