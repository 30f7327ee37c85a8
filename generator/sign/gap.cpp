// The search for the gap, and the error over the gap.
#include "generator/sign/gap.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "generator/exchange/extrema.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify_refreshed.hpp"
#include "generator/proof/certify_sign.hpp"
#include "generator/search/relu_balance.hpp"

namespace equiripple {
namespace {

constexpr int samples_in_gap = 256;  // of the gap, for the measured error; chosen
constexpr int parabolas = 4;

// Gaps of gap_mantissa_bits bits, numbered in ascending order; 0 is 2^smallest_gap_log2.
constexpr long steps_per_octave = 1L << (gap_mantissa_bits - 1);
constexpr long gap_count = -smallest_gap_log2 * steps_per_octave;

Rational gap_number(long index) {
  const long octave = smallest_gap_log2 + index / steps_per_octave;
  return (1 + Rational(index % steps_per_octave) / steps_per_octave) * power_of_two(octave);
}

// The index of the number just below.
long gap_index(const Rational& gap) {
  const long octave = static_cast<long>(std::floor(log2_of(gap)));
  const Rational mantissa = gap * power_of_two(-octave) - 1;
  const auto steps = static_cast<long>(to_double(mantissa) * static_cast<double>(steps_per_octave));
  return std::clamp((octave - smallest_gap_log2) * steps_per_octave + steps, 0L, gap_count - 1);
}

template <class Value>
class Memo {
 public:
  template <class Compute>
  const Value& at(long key, const Compute& compute) {
    const auto known = values_.find(key);
    return known != values_.end() ? known->second
                                  : values_.emplace(key, compute(key)).first->second;
  }

 private:
  std::map<long, Value> values_;
};

}  // namespace

ErrorEnclosure measure_relu(const CompositeSign& sign, const Rational& gap, const Rational& range) {
  using Measure = Real<128>;
  const CompositeEvaluator<Measure> composition(polynomials_of(sign), sign.shifts);
  const Measure scale = from_rational<Measure>(range);
  const auto curve = [&](const Measure& x) {
    return Measure(x * real_abs(Measure(composition(x * scale) - 1)) / 2);
  };
  const Measure width = from_rational<Measure>(gap);
  std::vector<Extremum<Measure>> samples;
  for (int i = 0; i <= samples_in_gap; ++i) {
    const Measure x = width * i / samples_in_gap;
    samples.push_back({x, curve(x)});
  }
  Measure inside = samples.back().error;
  for (std::size_t i = 1; i + 1 < samples.size(); ++i) {
    if (samples[i].error < samples[i - 1].error || samples[i].error < samples[i + 1].error)
      continue;
    const auto peak = refine(curve, samples[i - 1], samples[i], samples[i + 1], parabolas);
    inside = std::max(inside, peak.error);
  }
  constexpr int refinement_log2 = -50;  // measured peaks are enlarged by this; chosen
  constexpr int noise_log2 = -100;      // of the evaluation; chosen far above 2^-128
  const Rational outside = sign.error().upper / 2;
  const Rational attained = to_rational(std::max(inside, curve(1))) - power_of_two(noise_log2);
  ErrorEnclosure error;
  error.attained = std::max(attained, Rational(0));
  error.lower = error.attained;  // no better bound is known for a composition
  error.upper =
      std::max(outside, Rational(to_rational(inside) * (1 + power_of_two(refinement_log2)))) +
      power_of_two(noise_log2);
  return rounded_outward(error);
}

ReluSign proved_relu(const CompositeRequest& request) {
  ReluSign result{.sign = composite_sign(request), .gap = request.gap, .error = {}};
  if (result.sign.status != CompositeStatus::complete) return result;
  const Certificate proof =
      certify_relu_of(result.sign, polynomials_of(result.sign), request.range);
  result.error = proof.error;
  if (!proof.holds) {
    result.sign.status = CompositeStatus::stage_failed;
    result.sign.detail = proof.detail;
  }
  return result;
}

CompositeClaim claim_of(const CompositeSign& sign, const std::vector<ChebyshevSeries>& stages,
                        const Rational& range) {
  return {.stages = stages,
          .gap_end = sign.stages.front().domain.back().lower,
          .range = range,
          .last_error = sign.error().upper,
          .shifts = sign.shifts};
}

Certificate certify_relu_of(const CompositeSign& sign, const std::vector<ChebyshevSeries>& stages,
                            const Rational& range) {
  const CompositeClaim claim = claim_of(sign, stages, range);
  if (claim.shifts.empty()) return certify_relu(claim);
  std::vector<Interval> positive;
  for (const SignStage& stage : sign.stages) positive.push_back(stage.domain.back());
  return certify_refreshed_relu(claim, positive);
}

namespace {

// Published stages do not depend on the gap: it is the smallest power of two at which what is
// outside is not worse than what is inside.
ReluSign published_for_relu(CompositeRequest request, bool default_margins) {
  const Evidence evidence = std::exchange(request.evidence, Evidence::measured);
  constexpr long noise_log2 = -90;  // chosen: above that of measured errors
  const auto set_gap = [&](long log2) {
    request.gap = power_of_two(log2);
    if (default_margins) request.margin = default_margin(request.gap);
  };
  const auto outside_is_better = [&](long log2) {
    set_gap(log2);
    const CompositeSign sign = composite_sign(request);
    if (sign.status != CompositeStatus::complete) return false;
    const ErrorEnclosure error = measure_relu(sign, request.gap, request.range);
    return sign.error().upper / 2 <= error.attained + power_of_two(noise_log2);
  };
  long best = -1;
  while (best > smallest_gap_log2 && outside_is_better(best - 1)) --best;
  set_gap(best);
  request.evidence = evidence;
  return proved_relu(request);
}

}  // namespace

ReluSign composite_for_relu(CompositeRequest request, bool default_margins) {
  if (!request.published.empty()) return published_for_relu(std::move(request), default_margins);
  const Evidence evidence = std::exchange(request.evidence, Evidence::measured);
  const auto set_gap = [&](long index) {
    request.gap = gap_number(index);
    if (default_margins) request.margin = default_margin(request.gap);
  };
  Memo<ReluSign> fine;
  const auto solve = [&](long index) -> const ReluSign& {
    return fine.at(index, [&](long i) {
      set_gap(i);
      ReluSign result{.sign = composite_sign(request), .gap = request.gap, .error = {}};
      if (result.sign.status == CompositeStatus::complete) {
        result.error = measure_relu(result.sign, request.gap, request.range);
      }
      return result;
    });
  };
  const auto worse = [&](long index, long than) {
    if (index < 0 || index >= gap_count) return true;
    if (solve(index).sign.status != CompositeStatus::complete) return true;
    return solve(index).error.upper >= solve(than).error.upper;
  };
  const MarginRule margin{default_margins ? std::nullopt : std::optional(request.margin)};
  StageErrors errors;
  const ReluBalance balance = measured_balance(
      request.degrees, margin, estimated_balance(request.degrees, margin, errors, request.noise),
      request.noise);
  long best = gap_index(balance.gap);
  if (solve(best).sign.status != CompositeStatus::complete) return solve(best);
  while (!worse(best - 1, best)) --best;
  while (!worse(best + 1, best)) ++best;
  if (evidence == Evidence::measured) return solve(best);
  set_gap(best);
  request.evidence = evidence;
  return proved_relu(request);
}

}  // namespace equiripple
