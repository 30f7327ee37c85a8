// Sign by composition, and the functions built on it, as artifacts.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/degree_choice.hpp"
#include "emit/make/direct.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/refreshed.hpp"
#include "emit/make/sign.hpp"
#include "emit/make/within.hpp"
#include "emit/plan/operations.hpp"
#include "emit/plan/stage_scales.hpp"
#include "emit/result.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/sign/covering.hpp"

namespace equiripple {
namespace {

// Why there is no composition, of a function of these parts; each is empty where all is well.
std::string defect_of(const CompositeSign& sign) {
  if (sign.status == CompositeStatus::complete) return {};
  const std::size_t stage = sign.stages.size() + 1;
  return fmt::format("stage {}: {}; {}", stage, sign.detail,
                     sign.status == CompositeStatus::gap_closed
                         ? "take a larger gap, higher degrees before it, or a smaller margin"
                         : "take a lower degree or a smaller gap");
}

// Errors and ranges of the stages that hold for the program, too.
Outcome<CompositeSign> covering_program(const CompositeSign& sign,
                                        const std::vector<ChebyshevSeries>& computed) {
  CoveredSign covered = covering(sign, computed);
  if (covered.escape.stage > 0) {
    return about(
        "--margin",
        fmt::format(" is too small: the plan's rounding moves the range of stage {} by up to {}",
                    covered.escape.stage, decimal(covered.escape.by, 2)));
  }
  return std::move(covered.sign);
}

ErrorEnclosure composite_error(const SignRequest& request, const CompositeSign& sign) {
  if (sign.stages.size() == 1) return sign.error();
  return certify_sign(equiripple::claim_of(sign, polynomials_of(sign), reach_of_input(request)));
}

ClaimRecord claim_of(const SignRequest& request, const ReluSign& solution) {
  const Rational factor = error_of_sign(request.kind);
  if (covers_gap(request.kind)) return {scaled(solution.error, factor), Metric::relu};
  return {scaled(composite_error(request, solution.sign), factor), Metric::absolute};
}

// The error of a composition, relative to what the input reaches with noise, and that noise itself:
// relative to the range. What is attained on the range is so without any.
ErrorEnclosure with_noise_of_input(const SignRequest& request, const Artifact& artifact,
                                   const CompositeSign& sign) {
  const Rational range = domain_of(artifact).back().upper;
  const Rational reach = artifact.stages.front().domain.back().upper;
  ErrorEnclosure error = artifact.claim.error;
  error.upper = (error.upper * reach + shift_of(artifact, 0)) / range;
  const Certificate inside = certify_relu_of(sign, polynomials_of(sign), range);
  error.attained = inside.error.attained * error_of_sign(request.kind);
  error.lower = error.attained;
  return rounded_outward(error);
}

std::optional<Refusal> excess_error(const SignRequest& request, const ClaimRecord& claim) {
  if (!request.error || claim.error.upper <= *request.error) return std::nullopt;
  return Refusal{fmt::format("degrees {} reach {}, not {}", fmt::join(degrees_of(request), ","),
                             size_text(claim.error.upper),
                             size_text(*request.error, Rounding::down))};
}

std::optional<Refusal> excess_key_switches(const SignRequest& request, const Artifact& artifact) {
  const char* option = "--max-key-switches";
  if (!request.max_key_switches) return std::nullopt;
  if (!artifact.plan) return about(option, ": there is no plan: " + describe_missing_plan());
  const int taken = artifact.plan->costs.key_switches;
  if (taken <= *request.max_key_switches) return std::nullopt;
  return about(option, fmt::format(" {}: degrees {} take {}", *request.max_key_switches,
                                   fmt::join(degrees_of(request), ","), taken));
}

Outcome<Artifact> within_limits(const SignRequest& request, Artifact artifact) {
  if (const auto excess = excess_key_switches(request, artifact)) return *excess;
  if (const auto excess = excess_error(request, artifact.claim)) return *excess;
  return artifact;
}

}  // namespace

std::vector<int> degrees_of(const SignRequest& request) {
  std::vector<int> degrees = request.degrees;
  for (const PublishedStage& stage : request.published) degrees.push_back(stage.degree());
  return degrees;
}

std::vector<Rational> noise_before(const SignRequest& request) {
  if (std::ranges::find(request.refreshed, true) == request.refreshed.end()) return {};
  std::vector<Rational> noise;
  for (const bool refreshes : request.refreshed) {
    if (refreshes) {
      noise.push_back(request.refresh->noise);
    } else {
      noise.emplace_back(0);
    }
  }
  return noise;
}

bool refreshes_input(const SignRequest& request) {
  return !request.refreshed.empty() && request.refreshed.front();
}

// b = range + noise b.
Rational reach_of_input(const SignRequest& request) {
  if (!refreshes_input(request)) return request.range;
  return request.range + widening_of(request.refresh->noise, request.range);
}

Rational gap_of_input(const SignRequest& request) {
  if (covers_gap(request.kind)) return *request.gap;
  const Rational reach = reach_of_input(request);
  return (*request.gap * request.range - (reach - request.range)) / reach;
}

ReluSign solve_sign(const SignRequest& request, Evidence evidence) {
  const InPhase phase(Phase::stages);
  CompositeRequest composite{.degrees = request.degrees,
                             .published = request.published,
                             .gap = 0,
                             .range = reach_of_input(request),
                             .evidence = evidence};
  if (request.margin) composite.margin = *request.margin;
  composite.noise = noise_before(request);
  if (refreshes_input(request)) composite.noise.front() = 0;  // it is in the range already
  const bool is_quiet =
      std::ranges::all_of(composite.noise, [](const Rational& n) { return n == 0; });
  if (is_quiet) composite.noise.clear();
  if (covers_gap(request.kind) && !request.gap) {
    return composite_for_relu(composite, /*default_margins=*/!request.margin);
  }
  composite.gap = gap_of_input(request);
  if (composite.gap <= 0) {
    ReluSign closed;
    closed.sign.status = CompositeStatus::gap_closed;
    closed.sign.detail = "the refresh of the input leaves no gap";
    return closed;
  }
  if (!request.margin) composite.margin = default_margin(composite.gap);
  if (covers_gap(request.kind)) return proved_relu(composite);
  return {.sign = composite_sign(composite), .gap = composite.gap, .error = {}};
}

Outcome<Artifact> make_sign(const SignRequest& request, const Identity& identity) {
  if (request.refresh) return make_refreshed(request, identity);
  if (!request.is_searched()) return compose_sign(request, identity);
  Outcome<ComposedChoice> best = DegreeChoice(request, identity).best();
  if (!best) return best.error();
  return std::move(best->artifact);
}

Outcome<Artifact> compose_sign(const SignRequest& request, const Identity& identity) {
  if (request.is_direct()) {
    Outcome<Artifact> direct = direct_artifact(request, identity);
    if (!direct) return direct;
    return within_limits(request, *std::move(direct));
  }
  ReluSign solution = solve_sign(request, Evidence::proved);
  if (std::string why = defect_of(solution.sign); !why.empty()) return Refusal{std::move(why)};
  const std::vector<ChebyshevSeries> stages = polynomials_of(solution.sign);
  Artifact artifact{.name = identity.name, .kind = request.kind, .request = identity.request};
  Outcome<std::optional<PlannedFunction>> within = plan_within(request.plan, request.kind, stages);
  if (!within) return within.error();
  if (std::optional<PlannedFunction>& planned = *within) {
    const std::vector<ChebyshevSeries>& computed = planned->computed;
    Outcome<CompositeSign> covered = covering_program(solution.sign, computed);
    if (!covered) return covered.error();
    solution.sign = *std::move(covered);
    if (covers_gap(request.kind)) {
      const InPhase phase(Phase::proof);
      const Certificate program = certify_relu_of(solution.sign, computed, reach_of_input(request));
      if (!program.holds) return Refusal{"the plan's program: " + program.detail};
      solution.error = covering(solution.error, program.error.upper);
    }
    artifact.plan = with_stage_scales(
        std::move(planned->plan), noise_domain(request.kind, solution.sign.stages.front().domain));
  }
  if (const std::vector<Rational> noise = noise_before(request); !noise.empty()) {
    if (!artifact.plan) {
      return about("--refresh", ": there is no plan: " + describe_missing_plan());
    }
    artifact.plan = with_refreshes(std::move(*artifact.plan), request.refreshed);
    artifact.steps = refreshed_chain(noise);
  } else {
    const InPhase phase(Phase::proof);
    artifact.outside = proved_outside_of_sign(stages, solution.sign.stages.front().domain,
                                              solution.sign.stages.back().range);
  }
  artifact.claim = claim_of(request, solution);
  for (const SignStage& stage : solution.sign.stages) {
    artifact.stages.push_back({.polynomial = stage.polynomial,
                               .domain = stage.domain,
                               .range = stage.range,
                               .claim = {stage.error, Metric::absolute}});
  }
  if (refreshes_input(request) && covers_gap(request.kind)) {
    artifact.claim.error = with_noise_of_input(request, artifact, solution.sign);
  }
  return within_limits(request, std::move(artifact));
}

}  // namespace equiripple
