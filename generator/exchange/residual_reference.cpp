// Least squares by the three-term recurrence of orthogonal polynomials, as values at the points
// [For57]: the residual needs no coefficients. Polynomials are kept at norm 1, so that no degree
// leaves double.
#include "generator/exchange/residual_reference.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include "generator/exchange/selection.hpp"

namespace equiripple {
namespace {

constexpr double noise = 0x1p-36;  // of a residual over the target; chosen: well above rounding

// What the fit is of, at each place: weight (target - factor q(u)).
struct Sampled {
  std::vector<double> u;         // the hull mapped to [-1, 1]
  std::vector<double> factor;    // weight times factor
  std::vector<double> residual;  // at first weight times target
  std::vector<double> mass;
};

// Of a place, in an arc: the share of its stretch, half the gaps beside it included, as the
// equilibrium measure has it nearly where intervals are many.
std::vector<double> masses(const std::vector<Place>& places, const std::vector<double>& u) {
  const auto arc = [&](std::size_t i) { return std::acos(std::clamp(u[i], -1.0, 1.0)); };
  std::vector<double> mass(places.size());
  for (std::size_t first = 0; first < places.size();) {
    std::size_t end = first;
    while (end < places.size() && places[end].stretch == places[first].stretch) ++end;
    const double from = first == 0 ? arc(first) : (arc(first - 1) + arc(first)) / 2;
    const double to = end == places.size() ? arc(end - 1) : (arc(end - 1) + arc(end)) / 2;
    for (std::size_t i = first; i < end; ++i) {
      mass[i] = (from - to) / static_cast<double>(end - first);
    }
    first = end;
  }
  return mass;
}

std::optional<Sampled> sampled(const MinimaxRequest& request, const Geometry& geometry,
                               const std::vector<Place>& places) {
  const Problem<double> problem(request);
  Sampled samples;
  const auto x_of = [&](const Place& place) {
    return geometry.stretches()[place.stretch].lower + place.offset;
  };
  const double lower = problem.map(x_of(places.front()));
  const double upper = problem.map(x_of(places.back()));
  for (const Place& place : places) {
    const double x = x_of(place);
    const double weight = problem.weight(x);
    samples.u.push_back((2 * problem.map(x) - lower - upper) / (upper - lower));
    samples.factor.push_back(weight * problem.factor(x));
    samples.residual.push_back(weight * problem.target(x));
    const bool is_apart = samples.u.size() < 2 || samples.u.back() > samples.u.end()[-2];
    if (!is_apart || !is_finite(samples.residual.back()) || !is_finite(weight)) return std::nullopt;
  }
  samples.mass = masses(places, samples.u);
  return samples;
}

// Takes the projections onto `terms` orthogonal polynomials off the residual.
void fit(Sampled& samples, std::size_t terms) {
  const std::size_t size = samples.u.size();
  std::vector<double> current(size, 1);
  std::vector<double> before(size, 0);
  for (std::size_t k = 0; k < terms; ++k) {
    double norm = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const double value = samples.factor[i] * current[i];
      norm += samples.mass[i] * value * value;
    }
    norm = std::sqrt(norm);
    if (!(norm > 0) || !is_finite(norm)) return;
    double moment = 0;
    double projection = 0;
    for (std::size_t i = 0; i < size; ++i) {
      current[i] /= norm;
      const double value = samples.factor[i] * current[i];
      moment += samples.mass[i] * value * value * samples.u[i];
      projection += samples.mass[i] * value * samples.residual[i];
    }
    for (std::size_t i = 0; i < size; ++i) {
      samples.residual[i] -= projection * samples.factor[i] * current[i];
      const double next = (samples.u[i] - moment) * current[i] - norm * before[i];
      before[i] = current[i];
      current[i] = next;
    }
  }
}

}  // namespace

std::vector<Place> residual_reference(const MinimaxRequest& request, const Geometry& geometry,
                                      std::size_t count) {
  const std::vector<Place> grid = geometry.grid(count);
  auto samples = sampled(request, geometry, grid);
  if (!samples) return {};
  const auto largest = [&] {
    double size = 0;
    for (const double r : samples->residual) size = std::max(size, std::abs(r));
    return size;
  };
  const double of_target = largest();
  fit(*samples, count - 1);
  if (!(largest() > noise * of_target)) return {};
  std::vector<Extremum<double>> peaks;  // of each run of one sign; x is the index of a place
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const Extremum<double> here{static_cast<double>(i), samples->residual[i]};
    if (here.error == 0) continue;
    const bool same_run = !peaks.empty() && (peaks.back().error < 0) == (here.error < 0);
    if (!same_run) {
      peaks.push_back(here);
    } else if (std::abs(here.error) > std::abs(peaks.back().error)) {
      peaks.back() = here;
    }
  }
  if (peaks.size() < count) return {};
  // No polynomial does better than the smallest of the `count` that are largest [Rem34].
  std::vector<Extremum<double>> highest = peaks;
  keep_largest(highest, count, std::numeric_limits<double>::infinity());
  double level = std::abs(highest.front().error);
  for (const Extremum<double>& peak : highest) level = std::min(level, std::abs(peak.error));
  keep_best(peaks, count, level / 64,
            [&](double i) { return samples->u[static_cast<std::size_t>(i)]; });
  std::vector<Place> places;
  for (const Extremum<double>& peak : peaks)
    places.push_back(grid[static_cast<std::size_t>(peak.x)]);
  return places;
}

}  // namespace equiripple
