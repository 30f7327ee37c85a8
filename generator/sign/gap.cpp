// The search for the gap, and the error over the gap.
#include "generator/sign/gap.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "generator/exchange/coarse.hpp"
#include "generator/exchange/extrema.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify_sign.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

constexpr long smallest_gap_log2 = -60;  // chosen: beyond what 53-bit stages can serve
constexpr int coarse_samples = 48;       // of the gap, in double; chosen
constexpr int samples_in_gap = 256;      // of the gap, for the measured error; chosen
constexpr int parabolas = 4;

// Gaps of gap_mantissa_bits bits, numbered in ascending order; 0 is 2^smallest_gap_log2.
constexpr long steps_per_octave = 1L << (gap_mantissa_bits - 1);
constexpr long gap_count = -smallest_gap_log2 * steps_per_octave;

Rational gap_number(long index) {
  const long octave = smallest_gap_log2 + index / steps_per_octave;
  return (1 + Rational(index % steps_per_octave) / steps_per_octave) * power_of_two(octave);
}

// The stages in double; stops where one cannot be solved.
double coarse_relu_error(const CompositeRequest& request, const Rational& gap) {
  constexpr double hopeless = 1;  // above every error of interest
  std::vector<CoarseMinimax> stages;
  Rational lower = gap;
  Rational upper = 1;
  for (const int degree : request.degrees) {
    if (lower <= 0) return hopeless;
    const auto solved = CoarseMinimax::solve(sign_problem(lower, upper, degree));
    if (!solved) return hopeless;
    lower = 1 - Rational(solved->error()) - request.margin;
    upper = 1 + Rational(solved->error()) + request.margin;
    stages.push_back(*solved);
  }
  double worst = stages.back().error() / 2;
  const double width = to_double(gap);
  for (int i = 1; i <= coarse_samples; ++i) {
    const double x = width * i / coarse_samples;
    double y = x;
    for (const CoarseMinimax& stage : stages) y = stage(y);
    worst = std::max(worst, x * std::abs(y - 1) / 2);
  }
  return worst;
}

// The index of the smallest value of a function that falls and then rises, by golden section.
template <class Function>
long golden_section(const Function& f, long low, long high) {
  constexpr double golden = 0.6180339887498949;  // (sqrt 5 - 1) / 2, to place two probes
  while (high - low > 3) {
    const long span = std::lround(static_cast<double>(high - low) * golden);
    const long left = std::min(high - span, low + span - 1);
    const long right = std::max(low + span, left + 1);
    if (f(left) <= f(right)) {
      high = right;
    } else {
      low = left;
    }
  }
  long best = low;
  for (long i = low + 1; i <= high; ++i) {
    if (f(i) < f(best)) best = i;
  }
  return best;
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
  const CompositeEvaluator<Measure> composition(sign);
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
  std::vector<ChebyshevSeries> stages;
  for (const SignStage& stage : result.sign.stages) stages.push_back(stage.polynomial);
  const Certificate proof = certify_relu(claim_of(result.sign, stages, request.range));
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
          .last_error = sign.error().upper};
}

ReluSign composite_for_relu(CompositeRequest request, bool default_margins) {
  const Evidence evidence = std::exchange(request.evidence, Evidence::measured);
  const auto set_gap = [&](long index) {
    request.gap = gap_number(index);
    if (default_margins) request.margin = default_margin(request.gap);
  };
  Memo<double> coarse;
  const auto coarse_error = [&](long index) {
    return coarse.at(index, [&](long i) {
      set_gap(i);
      return coarse_relu_error(request, request.gap);
    });
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
  long best = golden_section(coarse_error, 0, gap_count - 1);
  if (solve(best).sign.status != CompositeStatus::complete) return solve(best);
  while (!worse(best - 1, best)) --best;
  while (!worse(best + 1, best)) ++best;
  if (evidence == Evidence::measured) return solve(best);
  set_gap(best);
  request.evidence = evidence;
  return proved_relu(request);
}

}  // namespace equiripple
