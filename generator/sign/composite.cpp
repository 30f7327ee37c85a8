// The chain of stages.
#include "generator/sign/composite.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "generator/sign/problem.hpp"
#include "generator/sign/published_series.hpp"

namespace equiripple {
namespace {

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const CompositeRequest& request) {
  require(request.degrees.empty() != request.published.empty(),
          "composite_sign: degrees or published stages, at least one");
  for (const int degree : request.degrees) {
    require(degree >= 1 && degree <= highest_degree && degree % 2 == 1,
            "composite_sign: degrees must be odd, from 1 to highest_degree");
  }
  require(request.gap > 0 && request.gap < 1, "composite_sign: the gap must be in (0, 1)");
  require(request.range > 0, "composite_sign: the range must be above 0");
  require(request.margin >= 0, "composite_sign: the margin must be at least 0");
  if (request.noise.empty()) return;
  require(request.noise.size() == request.degrees.size() + request.published.size() &&
              request.noise.front() == 0,
          "composite_sign: noise is that of each stage, and 0 of the first");
  for (const Rational& noise : request.noise) {
    require(noise >= 0 && noise < Rational(1, 4), "composite_sign: noise must be in [0, 1/4)");
  }
}

// What a published polynomial reaches above 1 is far less than what it leaves below: proved apart.
Rational highest_value(const SignStage& stage, const Domain& on) {
  const auto values = proved_range(stage.polynomial, on);
  return values ? values->upper : Rational(1 + stage.error.upper);
}

std::size_t stage_count(const CompositeRequest& request) {
  return request.degrees.size() + request.published.size();
}

struct StageOutcome {
  std::optional<SignStage> stage;
  std::string detail;  // where there is none
  Rational reach = 0;  // of the values, those of the gap included: they go through all stages
};

// Stage i on [lower, upper], for values up to reach.
StageOutcome solve_stage(const CompositeRequest& request, std::size_t i, const Rational& lower,
                         const Rational& upper, const Rational& reach) {
  const bool is_minimax = request.published.empty();
  MinimaxRequest problem =
      sign_problem(lower, upper, is_minimax ? request.degrees[i] : request.published[i].degree());
  const MinimaxResult solved = minimax(problem);
  if (is_minimax && !solved.usable()) return {.stage = {}, .detail = solved.detail};
  problem.domain = rounded_outward(problem.domain);
  const ChebyshevSeries polynomial =
      is_minimax ? solved.polynomial
                 : published_series(request.published[i],
                                    basis_for(rounded_outward(Domain{{-reach, reach}})),
                                    i == 0 ? request.range : Rational(1));
  SignStage stage{.polynomial = rounded(polynomial, request.coefficient_bits),
                  .domain = problem.domain};
  // Proved tightly: the next stage pays for what is left. Without a solution there is nothing to
  // measure by.
  if (request.evidence == Evidence::proved || !solved.usable()) {
    const Certificate proof = certify(problem, stage.polynomial, solved, highest_tightness_log2);
    if (!proof.holds) return {.stage = {}, .detail = proof.detail};
    stage.error = proof.error;
  } else {
    stage.error = measure(problem, solved, stage.polynomial);
  }
  const Rational low(to_double(1 - stage.error.upper, Rounding::down));
  Rational above = 1 + stage.error.upper;
  if (!is_minimax) above = std::min(above, highest_value(stage, {problem.domain.back()}));
  const Rational high(to_double(above, Rounding::up));
  stage.range = {{-high, -low}, {low, high}};
  if (low <= 0) stage.range = {{-high, high}};
  const Rational farthest =
      is_minimax ? high : std::max(high, highest_value(stage, {{-reach, reach}}));
  return {.stage = std::move(stage), .detail = {}, .reach = farthest};
}

}  // namespace

Rational default_margin(const Rational& gap) {
  constexpr int published_log2 = -22;     // [LLNK20]'s published coefficients
  constexpr int below_the_gap_bits = 10;  // chosen: a thousandth of the gap
  return std::min(power_of_two(published_log2), Rational(gap * power_of_two(-below_the_gap_bits)));
}

// The half width b of the domain is at most (reach / (1 - noise)) (1 + 2^-40): with noise * b on
// top of reach that is all of it, and outward rounding stays far below 2^-40.
Rational widening_of(const Rational& noise, const Rational& reach) {
  constexpr int slack_log2 = -40;  // chosen
  return noise * reach / (1 - noise) * (1 + power_of_two(slack_log2));
}

CompositeSign composite_sign(const CompositeRequest& request) {
  check_request(request);
  CompositeSign sign;
  Rational lower = request.gap * request.range;
  Rational upper = request.range;
  Rational reach = upper;
  for (std::size_t i = 0; i < stage_count(request); ++i) {
    if (lower <= 0) {
      sign.status = CompositeStatus::gap_closed;
      sign.detail = "a stage leaves no gap to the next";
      return sign;
    }
    StageOutcome outcome = solve_stage(request, i, lower, upper, reach);
    if (!outcome.stage) {
      sign.status = CompositeStatus::stage_failed;
      sign.detail = outcome.detail;
      return sign;
    }
    const Interval& range = outcome.stage->range.back();
    lower = (range.lower > 0 ? range.lower : Rational(0)) - request.margin;
    upper = range.upper + request.margin;
    reach = outcome.reach + request.margin;
    if (i + 1 < request.noise.size()) {
      const Rational widening = widening_of(request.noise[i + 1], reach);
      lower -= widening;
      upper += widening;
      reach += widening;
    }
    sign.stages.push_back(std::move(*outcome.stage));
    if (i < request.noise.size()) {
      const Interval& basis = sign.stages.back().polynomial.basis;
      sign.shifts.push_back(request.noise[i] * (basis.upper - basis.lower) / 2);
    }
  }
  sign.status = CompositeStatus::complete;
  sign.detail = request.published.empty() ? "every stage is minimax on the range of the one before"
                                          : "every stage is as published";
  return sign;
}

}  // namespace equiripple
