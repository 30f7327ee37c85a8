// Samples denser than the polynomial can oscillate, and parabolas at the peaks.
#include "generator/exchange/output_range.hpp"

#include <algorithm>

#include "generator/exchange/extrema.hpp"

namespace equiripple {

Interval output_range(const ChebyshevSeries& polynomial, const Domain& domain) {
  using Measure = Real<128>;
  constexpr int samples_per_degree = 6;  // chosen: a polynomial has one extremum a degree
  constexpr int parabolas = 8;
  constexpr int slack_log2 = -50;  // of the range's size; chosen: above what parabolas leave
  const SeriesEvaluator<Measure> p(polynomial);
  Measure low = 0;
  Measure high = 0;
  bool first = true;
  const auto consider = [&](const Measure& value) {
    low = first ? value : std::min(low, value);
    high = first ? value : std::max(high, value);
    first = false;
  };
  const Measure pi = real_pi<Measure>();
  const int count = samples_per_degree * (polynomial.degree() + 1);
  for (const Interval& interval : domain) {
    const Measure lower = from_rational<Measure>(interval.lower);
    const Measure upper = from_rational<Measure>(interval.upper);
    std::vector<Extremum<Measure>> samples;
    for (int i = 0; i <= count; ++i) {
      const Measure c = real_cos(Measure(pi * i / count));
      const Measure x = i == count ? upper : Measure((lower + upper - (upper - lower) * c) / 2);
      samples.push_back({x, p(x)});
      consider(samples.back().error);
    }
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const std::size_t before = i == 0 ? 1 : i - 1;
      const std::size_t after = i + 1 == samples.size() ? i - 1 : i + 1;
      const Measure& value = samples[i].error;
      const bool above = value >= samples[before].error && value >= samples[after].error;
      const bool below = value <= samples[before].error && value <= samples[after].error;
      if (!above && !below) continue;
      // refine() climbs away from 0: shift the curve so that the peak stands on its far side.
      const Measure base = above ? samples[i].error - 1 : samples[i].error + 1;
      const auto shifted = [&](const Extremum<Measure>& e) {
        return Extremum<Measure>{e.x, Measure(e.error - base)};
      };
      const auto curve = [&](const Measure& x) { return Measure(p(x) - base); };
      const auto peak =
          before == after
              ? refine_at_end(curve, shifted(samples[i]), shifted(samples[after]), parabolas)
              : refine(curve, shifted(samples[before]), shifted(samples[i]),
                       shifted(samples[after]), parabolas);
      consider(peak.error + base);
    }
  }
  const Measure slack = scale_by_power_of_two(std::max(real_abs(low), real_abs(high)), slack_log2);
  return {round_to_bits(to_rational(Measure(low - slack)), 53, Rounding::down),
          round_to_bits(to_rational(Measure(high + slack)), 53, Rounding::up)};
}

}  // namespace equiripple
