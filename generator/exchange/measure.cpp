// Sampling between the points of the reference, and parabolas at the peaks.
#include "generator/exchange/measure.hpp"

#include <algorithm>
#include <stdexcept>

#include "generator/exchange/extrema.hpp"
#include "generator/exchange/features.hpp"

namespace equiripple {
namespace {

using Measure = Real<128>;  // 75 bits below the rounding of binary64 coefficients

constexpr int parabolas = 4;                   // chosen: a peak to about 2^-50 of its height
constexpr int refinement_log2 = -50;           // enlarges measured peaks near the reference; chosen
constexpr int unguided_refinement_log2 = -20;  // enlarges others; chosen
constexpr int levelled_log2 = -10;             // the error is that of the reference; chosen
constexpr std::size_t most_missed = 64;        // points of the dense scan that are looked at
constexpr int noise_guard_bits = 12;           // of the evaluation, over its unit roundoff; chosen

}  // namespace

ErrorEnclosure rounded_outward(const ErrorEnclosure& error) {
  return {.lower = round_to_bits(error.lower, binary64_bits, Rounding::down),
          .attained = round_to_bits(error.attained, binary64_bits, Rounding::down),
          .upper = round_to_bits(error.upper, binary64_bits, Rounding::up),
          .evidence = error.evidence};
}

ErrorEnclosure scaled(const ErrorEnclosure& error, const Rational& factor) {
  return rounded_outward(ErrorEnclosure{.lower = error.lower * factor,
                                        .attained = error.attained * factor,
                                        .upper = error.upper * factor,
                                        .evidence = error.evidence});
}

ErrorEnclosure measure(const MinimaxRequest& request, const MinimaxResult& solved,
                       const ChebyshevSeries& stored) {
  if (solved.status == MinimaxStatus::exact && solved.error.upper == 0 &&
      stored.coefficients == solved.polynomial.coefficients) {
    return {};
  }
  const Problem<Measure> problem(request);
  const SeriesEvaluator<Measure> p(stored);
  Measure largest_target = 0;
  const auto curve = [&](const Measure& x) {
    const Measure target = problem.target(x);
    const Measure weight = problem.weight(x);
    if (!is_finite(target) || !is_finite(weight)) {
      throw std::domain_error("measure: the target or the weight is not finite in the domain");
    }
    largest_target = std::max(largest_target, real_abs(Measure(weight * target)));
    return Measure(weight * (target - p(x)));
  };
  std::vector<Measure> knots;
  for (const Rational& x : solved.reference) knots.push_back(from_rational<Measure>(x));
  if (knots.empty()) {  // an exact target: its rounding error has about a hump a degree
    for (const Segment<Measure>& segment : problem.segments()) {
      for (int i = 1; i <= stored.degree(); ++i) {
        knots.push_back(segment.lower +
                        (segment.upper - segment.lower) * i / (stored.degree() + 1));
      }
    }
  }
  const auto search = [&] {
    Measure largest = 0;
    for (const auto& extremum : alternating_extrema(curve, problem.segments(), knots, parabolas)) {
      largest = std::max(largest, real_abs(extremum.error));
    }
    return largest;
  };
  Measure largest = search();
  const auto missed = points_above(request, stored, to_rational(largest), most_missed);
  if (!missed.empty()) {
    for (const Rational& x : missed) knots.push_back(from_rational<Measure>(x));
    std::ranges::sort(knots);
    largest = std::max(largest, search());
  }
  const Measure noise = scale_by_power_of_two(
      Measure((largest_target + largest) * unit_roundoff<Measure>()), noise_guard_bits);
  const Rational lower = std::max(Rational(0), solved.error.lower);
  ErrorEnclosure error;
  error.lower = lower;
  error.attained = std::max(lower, to_rational(Measure(largest - noise)));
  // Where rounding shapes the error, its peaks are not where the reference says.
  const bool levelled = to_rational(largest) < lower * (1 + power_of_two(levelled_log2));
  const int enlargement = levelled ? refinement_log2 : unguided_refinement_log2;
  error.upper = to_rational(largest) * (1 + power_of_two(enlargement)) + to_rational(noise);
  return rounded_outward(error);
}

}  // namespace equiripple
