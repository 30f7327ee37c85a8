// Equally spaced samples on every segment of the working domain.
#include "generator/exchange/features.hpp"

#include <algorithm>
#include <cmath>

#include "generator/exchange/problem.hpp"
#include "generator/function/largest_term.hpp"

namespace equiripple {
namespace {

constexpr double relative_slack = 0x1p-24;  // chosen: far above what the levelling leaves
constexpr double noise = 0x1p-40;           // of the scan in double, over the target's size; chosen
constexpr double noise_of_terms = 0x1p-48;  // the same over what cancels in the target; chosen
constexpr double noise_of_series = 0x1p-52;  // of a step of the recurrence, over sum |c_k|; chosen
constexpr int block = 16;                    // points evaluated side by side; chosen

struct Sample {
  double x;
  double size;
};

// The top of the parabola through a largest sample and its neighbours, a spacing away; the sample
// itself where they are no more than its feet.
Sample top_of(const Sample& before, const Sample& sample, const Sample& after) {
  const double curvature = 2 * sample.size - before.size - after.size;
  if (!(curvature > 0) || std::min(before.size, after.size) < sample.size / 2) return sample;
  const double slope = after.size - before.size;
  return {sample.x + slope / (2 * curvature) * (after.x - before.x) / 2,
          sample.size + slope * slope / (8 * curvature)};
}

}  // namespace

std::vector<Rational> points_above(const MinimaxRequest& request, const ChebyshevSeries& polynomial,
                                   const Rational& level, std::size_t most) {
  const Problem<double> problem(request);
  const SeriesEvaluator<double> p(polynomial);
  const auto size_at = [&](double x) {
    return problem.weight(x) * std::abs(problem.target(x) - p(x));
  };
  double width = 0;
  for (const Segment<double>& segment : problem.segments()) width += segment.upper - segment.lower;
  std::vector<Sample> peaks;
  double largest_target = 0;
  double largest_weight = 0;
  for (const Segment<double>& segment : problem.segments()) {
    const int count =
        static_cast<int>(request.feature_samples * (segment.upper - segment.lower) / width);
    std::vector<Sample> samples;
    samples.reserve(static_cast<std::size_t>(std::max(count, 0)) + 1);
    for (int first = 0; first <= count && count > 0; first += block) {
      std::array<double, block> x{};
      for (int k = 0; k < block; ++k) {
        const int i = std::min(first + k, count);
        x[static_cast<std::size_t>(k)] =
            segment.lower + (segment.upper - segment.lower) * i / count;
      }
      const auto values = p.at_all(x);
      for (std::size_t k = 0; k < block && first + static_cast<int>(k) <= count; ++k) {
        const double target = problem.target(x[k]);
        const double weight = problem.weight(x[k]);
        largest_target = std::max(largest_target, std::abs(target));
        largest_weight = std::max(largest_weight, weight);
        samples.push_back({x[k], weight * std::abs(target - values[k])});
      }
    }
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const bool rises = i > 0 && samples[i].size < samples[i - 1].size;
      const bool falls = i + 1 < samples.size() && samples[i].size < samples[i + 1].size;
      if (rises || falls) continue;
      const bool inner = i > 0 && i + 1 < samples.size();
      peaks.push_back(inner ? top_of(samples[i - 1], samples[i], samples[i + 1]) : samples[i]);
    }
  }
  const double terms = std::exp2(largest_term_log2(request.target, request.domain));
  // Coefficients are large where much of the hull lies in gaps.
  double sizes = 0;
  for (const Rational& c : polynomial.coefficients) sizes += std::abs(to_double(c));
  const double of_series = noise_of_series * static_cast<double>(polynomial.coefficients.size()) *
                           sizes * largest_weight;
  const double limit = to_double(level) * (1 + relative_slack) + noise * largest_target +
                       of_series + (std::isfinite(terms) ? noise_of_terms * terms : 0);
  std::erase_if(peaks, [&](Sample& peak) {
    if (!(peak.size > limit)) return true;
    peak.size = size_at(peak.x);  // where humps are narrower than the step, there was no parabola
    return !(peak.size > limit);
  });
  std::ranges::sort(peaks, std::greater<>(), &Sample::size);
  std::vector<Rational> points;
  for (const Sample& peak : peaks) {
    if (points.size() < most && std::isfinite(peak.size)) points.emplace_back(peak.x);
  }
  return points;
}

std::vector<Rational> scale_points(const Domain& domain) {
  constexpr long many_scales_log2 = 10;  // chosen: the usual samples in double are 1 apart
  std::vector<Rational> points;
  for (const Interval& interval : domain) {
    const Rational far = std::max(Rational(abs(interval.lower)), Rational(abs(interval.upper)));
    const Rational near =
        interval.lower <= 0 && interval.upper >= 0
            ? Rational(0)
            : std::min(Rational(abs(interval.lower)), Rational(abs(interval.upper)));
    const Rational many = power_of_two(many_scales_log2);
    if (far < many || far < near * many) continue;
    for (Rational scale = 1; scale < far; scale *= 16) {
      for (const Rational& x : {Rational(-scale), scale}) {
        if (interval.lower < x && x < interval.upper) points.push_back(x);
      }
    }
  }
  std::ranges::sort(points);
  return points;
}

}  // namespace equiripple
