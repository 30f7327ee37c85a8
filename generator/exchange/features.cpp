// Equally spaced samples on every segment of the working domain.
#include "generator/exchange/features.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "generator/exchange/problem.hpp"
#include "generator/function/largest_term.hpp"
#include "generator/numbers/fixed_series.hpp"

namespace equiripple {
namespace {

constexpr double relative_slack = 0x1p-24;  // chosen: far above what the levelling leaves
constexpr double noise = 0x1p-40;           // of the scan in double, over the target's size; chosen
constexpr double noise_of_terms = 0x1p-48;  // the same over what cancels in the target; chosen
constexpr double noise_of_series = 0x1p-52;  // of a step of the recurrence, over sum |c_k|; chosen
constexpr double seen = 0x1p-10;             // of the level, that double is to tell; chosen
constexpr int fine_bits = 30;                // of the level, where it does not; chosen
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

// The polynomial where its terms are far above the error, as with many intervals: between them it
// is large, and so are its coefficients.
class FineSeries {
 public:
  FineSeries(const ChebyshevSeries& polynomial, slong bits)
      : series_(balls_of(polynomial.coefficients, bits), bits),
        centre_(ball_of((polynomial.basis.lower + polynomial.basis.upper) / 2, bits)),
        reciprocal_half_width_(
            ball_of(2 / (polynomial.basis.upper - polynomial.basis.lower), bits)),
        bits_(bits) {}

  double operator()(double x) const {
    Ball z;
    arb_set_d(z.get(), x);
    arb_sub(z.get(), z.get(), centre_.get(), bits_);
    arb_mul(z.get(), z.get(), reciprocal_half_width_.get(), bits_);
    if (arf_cmpabs_2exp_si(arb_midref(z.get()), 0) > 0) arb_sgn(z.get(), z.get());
    mag_zero(arb_radref(z.get()));
    const FixedSeries::Sums sums = series_(z, bits_);
    arb_mul(z.get(), z.get(), sums.second.get(), bits_);
    arb_sub(z.get(), sums.first.get(), z.get(), bits_);
    return arf_get_d(arb_midref(z.get()), ARF_RND_NEAR);
  }

 private:
  static std::vector<Ball> balls_of(const std::vector<Rational>& numbers, slong bits) {
    std::vector<Ball> balls;
    for (const Rational& number : numbers) balls.push_back(ball_of(number, bits));
    return balls;
  }

  FixedSeries series_;
  Ball centre_;
  Ball reciprocal_half_width_;
  slong bits_;
};

using Block = std::array<double, block>;

struct Scan {
  std::vector<Sample> peaks{};
  double largest_target = 0;
  double largest_weight = 0;
};

// `values_at`: the polynomial at a block of points.
Scan scan(const Problem<double>& problem, int samples_in_all,
          const std::function<Block(const Block&)>& values_at) {
  double width = 0;
  for (const Segment<double>& segment : problem.segments()) width += segment.upper - segment.lower;
  Scan found;
  for (const Segment<double>& segment : problem.segments()) {
    const int count = static_cast<int>(samples_in_all * (segment.upper - segment.lower) / width);
    std::vector<Sample> samples;
    samples.reserve(static_cast<std::size_t>(std::max(count, 0)) + 1);
    for (int first = 0; first <= count && count > 0; first += block) {
      Block x{};
      for (int k = 0; k < block; ++k) {
        const int i = std::min(first + k, count);
        x[static_cast<std::size_t>(k)] =
            segment.lower + (segment.upper - segment.lower) * i / count;
      }
      const Block values = values_at(x);
      for (std::size_t k = 0; k < block && first + static_cast<int>(k) <= count; ++k) {
        const double target = problem.target(x[k]);
        const double weight = problem.weight(x[k]);
        found.largest_target = std::max(found.largest_target, std::abs(target));
        found.largest_weight = std::max(found.largest_weight, weight);
        samples.push_back({x[k], weight * std::abs(target - values[k])});
      }
    }
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const bool rises = i > 0 && samples[i].size < samples[i - 1].size;
      const bool falls = i + 1 < samples.size() && samples[i].size < samples[i + 1].size;
      if (rises || falls) continue;
      const bool inner = i > 0 && i + 1 < samples.size();
      found.peaks.push_back(inner ? top_of(samples[i - 1], samples[i], samples[i + 1])
                                  : samples[i]);
    }
  }
  return found;
}

}  // namespace

std::vector<Rational> points_above(const MinimaxRequest& request, const ChebyshevSeries& polynomial,
                                   const Rational& level, std::size_t most) {
  const Problem<double> problem(request);
  const SeriesEvaluator<double> p(polynomial);
  std::function<double(double)> value_at = p;
  Scan found = scan(problem, request.feature_samples, [&](const Block& x) { return p.at_all(x); });
  // Coefficients are large where much of the hull lies in gaps.
  double sizes = 0;
  for (const Rational& c : polynomial.coefficients) sizes += std::abs(to_double(c));
  double of_series = noise_of_series * static_cast<double>(polynomial.coefficients.size()) * sizes *
                     found.largest_weight;
  const double of_target = noise * found.largest_target;
  const double known_level = to_double(level);
  const double terms_over_level = of_series / std::max(of_target, known_level);
  if (of_series > std::max(of_target, seen * known_level) && std::isfinite(terms_over_level)) {
    const FineSeries fine(polynomial,
                          binary64_bits + fine_bits + std::ilogb(std::max(1.0, terms_over_level)));
    value_at = fine;
    found = scan(problem, request.feature_samples, [&](const Block& x) {
      Block values{};
      std::ranges::transform(x, values.begin(), value_at);
      return values;
    });
    of_series = 0;
  }
  const double terms = std::exp2(largest_term_log2(request.target, request.domain));
  const double limit = known_level * (1 + relative_slack) + of_target + of_series +
                       (std::isfinite(terms) ? noise_of_terms * terms : 0);
  std::erase_if(found.peaks, [&](Sample& peak) {
    if (!(peak.size > limit)) return true;
    // Where humps are narrower than the step, there was no parabola.
    peak.size = problem.weight(peak.x) * std::abs(problem.target(peak.x) - value_at(peak.x));
    return !(peak.size > limit);
  });
  std::ranges::sort(found.peaks, std::greater<>(), &Sample::size);
  std::vector<Rational> points;
  for (const Sample& peak : found.peaks) {
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
