// The extrema of the target where it alternates by itself; else Chebyshev extrema on one interval,
// and on a union the extrema of a least-squares error, or Leja points.
#include "generator/exchange/reference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "generator/exchange/levelled.hpp"
#include "generator/exchange/residual_reference.hpp"
#include "generator/exchange/selection.hpp"

namespace equiripple {
namespace {

std::vector<Place> leja_points(const Geometry& geometry, std::size_t count) {
  const std::vector<Place> grid = geometry.grid(count);
  std::vector<double> distance(grid.size(), 0);  // log of the product to the chosen places
  std::vector<Place> chosen;
  std::size_t next = grid.size() - 1;
  while (chosen.size() < count) {
    const Place last = grid[next];
    chosen.push_back(last);
    distance[next] = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < grid.size(); ++i) {
      distance[i] += std::log(geometry.distance(grid[i], last));
      if (distance[i] > distance[next]) next = i;
    }
  }
  std::ranges::sort(chosen, [](const Place& a, const Place& b) {
    return a.stretch != b.stretch ? a.stretch < b.stretch : a.offset < b.offset;
  });
  return chosen;
}

// Where the target alone alternates as often as an error must, with at least half its size, no
// polynomial follows it, and the best one is small: places of these extrema. Empty elsewhere.
std::vector<Place> extrema_of_the_target(const MinimaxRequest& request, const Geometry& geometry,
                                         std::size_t count) {
  const Problem<double> problem(request);
  const std::vector<Place> grid = geometry.grid(count);
  const auto position = [&](double i) {
    return to_double(geometry.exact(grid[static_cast<std::size_t>(i)]));
  };
  std::vector<Extremum<double>> extrema;  // x: the index of a place
  double largest = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const double x = position(static_cast<double>(i));
    const Extremum<double> here{static_cast<double>(i), problem.weight(x) * problem.target(x)};
    if (!std::isfinite(here.error)) return {};
    if (here.error == 0) continue;
    largest = std::max(largest, std::abs(here.error));
    const bool turns = extrema.empty() || (extrema.back().error < 0) != (here.error < 0);
    if (turns) {
      extrema.push_back(here);
    } else if (std::abs(here.error) > std::abs(extrema.back().error)) {
      extrema.back() = here;
    }
  }
  const double least = largest / 2;
  if (extrema.size() < count) return {};
  keep_best(extrema, count, least, [&](double i) { return problem.map(position(i)); });
  std::vector<Place> places;
  for (const Extremum<double>& extremum : extrema) {
    if (std::abs(extremum.error) < least) return {};
    places.push_back(grid[static_cast<std::size_t>(extremum.x)]);
  }
  return places;
}

// Is a polynomial through these points lost in rounding somewhere on the domain?
bool is_wild(const MinimaxRequest& request, const Geometry& geometry,
             const std::vector<Place>& places) {
  constexpr int least_bits = 10;  // that rounding leaves of the level; chosen
  const Problem<double> problem(request);
  std::vector<double> points;
  for (const Place& place : places) points.push_back(to_double(geometry.exact(place)));
  const LevelledPolynomial<double> polynomial(problem, points);
  const double allowed = std::ldexp(std::abs(polynomial.level()), -least_bits);
  return std::ranges::any_of(geometry.stretches(), [&](const Stretch& stretch) {
    return std::ranges::any_of(std::array{0.0, 0.5, 1.0}, [&](double share) {
      return !(polynomial.noise_at(stretch.lower + share * stretch.width) <= allowed);
    });
  });
}

}  // namespace

std::vector<Rational> initial_reference(const MinimaxRequest& request) {
  const Geometry geometry(request);
  const auto count = static_cast<std::size_t>(reference_size(request));
  std::vector<Place> places = extrema_of_the_target(request, geometry, count);
  if (places.empty() && geometry.stretches().size() == 1) {
    places = geometry.chebyshev_extrema(0, count);
  } else if (places.empty()) {
    places = residual_reference(request, geometry, count);
    if (places.empty() || is_wild(request, geometry, places)) {
      places = leja_points(geometry, count);
    }
  }
  std::vector<Rational> points;
  for (const Place& place : places) points.push_back(geometry.exact(place));
  return points;
}

}  // namespace equiripple
