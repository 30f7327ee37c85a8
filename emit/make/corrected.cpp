// The start solved, proved and planned; the corrections chosen for the error that is proved of it.
#include "emit/make/corrected.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/within.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/plan/stage_scales.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify_corrected.hpp"

namespace equiripple {
PlanSettings start_settings(const CorrectionRequest& request, int corrections) {
  const int n = corrections;
  const int added = request.kind == Kind::inverse  ? (n > 0 ? n + 1 : 0)
                    : request.kind == Kind::divide ? n + 1
                    : request.kind == Kind::rsqrt  ? 2 * n
                                                   : std::max(2 * n, 1);
  PlanSettings settings = request.plan;
  if (request.refresh) {  // which comes next
    const int most = request.refresh->start - request.refresh->lowest;
    settings.max_levels = std::min(settings.max_levels.value_or(most), most);
    settings.absorb = false;
    return settings;
  }
  if (settings.max_levels) settings.max_levels = *settings.max_levels - added;
  settings.costs.levels_after += added;
  settings.absorb = false;
  return settings;
}

Outcome<Artifact> compose_corrected(const CorrectionRequest& request, int degree, int corrections,
                                    const Identity& identity) {
  const Kind kind = request.kind;
  MinimaxRequest problem = request.start;
  problem.degree = degree;
  // Each correction doubles what the proof of the start leaves open, relatively.
  const int tightness = corrections > 0 ? highest_tightness_log2 : default_tightness_log2;
  Outcome<Proven> solved =
      solve_and_prove({.problem = problem, .form = {}, .tightness_log2 = tightness});
  if (!solved) return solved.error();
  Proven& proven = *solved;
  const PlanSettings settings = start_settings(request, corrections);
  if (settings.max_levels && *settings.max_levels < 1) {
    return about("--max-levels",
                 fmt::format(" {}: {} leave no level for the start", *request.plan.max_levels,
                             plural(corrections, "correction")));
  }
  const auto range = proved_range(proven.stored, proven.problem.domain);
  if (!range) return Refusal{"the range of the start could not be proved"};
  std::optional<Rational> scale;
  if (request.refresh) scale = start_scale(*range);
  const ChebyshevSeries programmed =
      scale ? rounded(multiple_of(proven.stored, *scale), binary64_bits) : proven.stored;
  const Outcome<std::optional<ProvenPlan>> within = proven_plan_within(
      settings, Kind::minimax, programmed, proven.error.upper,
      [&](const ChebyshevSeries& computed) {
        return error_of_program(proven, scale ? multiple_of(computed, 1 / *scale) : computed,
                                tightness);
      });
  if (!within) return within.error();
  const std::optional<ProvenPlan>& planned = *within;
  if (!planned) return Refusal{"plan: " + describe_missing_plan()};
  proven.error = covering(proven.error, planned->error);
  if (proven.error.upper >= 1) {
    return Refusal{
        fmt::format("a start of degree {} is not proved to be within its own size; take "
                    "a higher degree or a smaller domain",
                    degree)};
  }
  Artifact artifact{
      .name = identity.name, .kind = kind, .request = identity.request, .corrections = corrections};
  artifact.stages.push_back({.polynomial = proven.stored,
                             .domain = proven.problem.domain,
                             .range = {*range},
                             .claim = {proven.error, Metric::relative},
                             .rounding = proven.rounding});
  if (scale) artifact.steps = with_refresh(chain_of(1), request.refresh->noise);
  const Rational start_error = start_error_of(artifact);
  if (start_error >= 1) {
    return Refusal{
        fmt::format("what a refresh adds to a start of degree {} makes it off by {}, "
                    "which no correction mends",
                    degree, size_text(start_error))};
  }
  const Interval domain = hull(proven.problem.domain);
  artifact.plan = with_stage_scales(
      with_corrections(kind, planned->function.plan, corrections, start_error, domain, scale),
      proven.problem.domain, Metric::relative);
  if (request.refresh) {
    const std::string why = defect_of_levels(artifact.plan->program, *request.refresh);
    if (!why.empty()) return Refusal{why};
  }
  const auto meaning = corrected_meaning(*artifact.plan, kind, corrections, proven.stored, scale);
  if (!meaning) throw std::logic_error("compose_corrected: " + meaning.error().why);
  artifact.claim = {certify_corrected({.map = correction_map(kind),
                                       .scalars = meaning->scalars,
                                       .start = proven.stored,
                                       .start_error = start_error,
                                       .domain = proven.problem.domain}),
                    Metric::relative};
  return artifact;
}

}  // namespace equiripple
