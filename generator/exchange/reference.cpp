// Chebyshev extrema on one interval, Leja points on a union.
#include "generator/exchange/reference.hpp"

#include <cmath>

namespace equiripple {
namespace {

constexpr std::size_t candidates_per_point = 4;  // chosen: the exchange mends a coarse start

// Merges touching segments: kinks do not divide the domain here.
std::vector<Segment<double>> intervals_of(const Problem<double>& problem) {
  std::vector<Segment<double>> merged;
  for (const Segment<double>& segment : problem.segments()) {
    if (!merged.empty() && merged.back().upper == segment.lower) {
      merged.back().upper = segment.upper;
    } else {
      merged.push_back(segment);
    }
  }
  return merged;
}

// `count` points from lower to upper, both included where count > 1, in the variable u; returned
// as x.
std::vector<double> chebyshev_extrema(const Problem<double>& problem,
                                      const Segment<double>& interval, std::size_t count) {
  const double pi = real_pi<double>();
  const bool from_zero = problem.parity() == Parity::odd && interval.lower == 0;
  std::vector<double> points;
  for (std::size_t j = 0; j < count; ++j) {
    if (from_zero) {  // x = b cos(pi k / (2 count - 1)), k = count - 1, ..., 0
      const double k = static_cast<double>(count - 1 - j);
      points.push_back(interval.upper * std::cos(pi * k / (2.0 * static_cast<double>(count) - 1)));
      continue;
    }
    if (count == 1) return {interval.upper};
    const double angle = pi * static_cast<double>(j) / (2.0 * static_cast<double>(count - 1));
    const double lower = problem.map(interval.lower);
    const double upper = problem.map(interval.upper);
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double u = lower * c * c + upper * s * s;
    points.push_back(problem.parity() == Parity::none ? u : std::sqrt(u));
  }
  points.back() = interval.upper;
  if (!from_zero) points.front() = interval.lower;
  return points;
}

std::vector<double> leja_points(const Problem<double>& problem,
                                const std::vector<Segment<double>>& intervals) {
  std::vector<double> grid;
  const std::size_t per_interval =
      candidates_per_point * problem.points() / intervals.size() + candidates_per_point;
  for (const Segment<double>& interval : intervals) {
    const auto points = chebyshev_extrema(problem, interval, per_interval + 1);
    grid.insert(grid.end(), points.begin(), points.end());
  }
  std::vector<double> distance(grid.size(), 0);  // log of the product to the chosen points
  std::vector<double> chosen;
  std::size_t next = grid.size() - 1;
  while (chosen.size() < problem.points()) {
    chosen.push_back(grid[next]);
    const double u = problem.map(grid[next]);
    distance[next] = -INFINITY;
    for (std::size_t i = 0; i < grid.size(); ++i) {
      distance[i] += std::log(std::abs(problem.map(grid[i]) - u));
      if (distance[i] > distance[next]) next = i;
    }
  }
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace

std::vector<double> initial_reference(const Problem<double>& problem) {
  const auto intervals = intervals_of(problem);
  if (intervals.size() == 1) {
    return chebyshev_extrema(problem, intervals.front(), problem.points());
  }
  return leja_points(problem, intervals);
}

std::vector<double> skew_reference(const Problem<double>& problem) {
  constexpr double before = 0.613;  // chosen: of no simple ratio to the other
  constexpr double around = 1.271;
  double width = 0;
  for (const Segment<double>& segment : problem.segments()) width += segment.upper - segment.lower;
  const double count = static_cast<double>(problem.points());
  std::vector<double> points;
  for (std::size_t i = 0; i < problem.points(); ++i) {
    const double angle =
        real_pi<double>() * (static_cast<double>(i) + before) / (count - 1 + around);
    double along = width * (1 - std::cos(angle)) / 2;  // of the length of all segments together
    for (const Segment<double>& segment : problem.segments()) {
      const double length = segment.upper - segment.lower;
      if (along <= length) {
        points.push_back(segment.lower + along);
        break;
      }
      along -= length;
    }
  }
  return points;
}

}  // namespace equiripple
