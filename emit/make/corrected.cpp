// The start solved, proved and planned; the corrections chosen for the error that is proved of it.
#include "emit/make/corrected.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/within.hpp"
#include "emit/plan/corrections.hpp"
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
  const Outcome<std::optional<PlannedFunction>> within =
      plan_within(settings, Kind::minimax, {proven.stored});
  if (!within) return within.error();
  const std::optional<PlannedFunction>& planned = *within;
  if (!planned) return Refusal{"plan: " + describe_missing_plan()};
  const Outcome<Rational> of_program = error_of_program(proven, planned->computed[0], tightness);
  if (!of_program) return of_program.error();
  proven.error = covering(proven.error, *of_program);
  if (proven.error.upper >= 1) {
    return Refusal{
        fmt::format("a start of degree {} is not proved to be within its own size; take "
                    "a higher degree or a smaller domain",
                    degree)};
  }
  const Interval domain = hull(proven.problem.domain);
  Artifact artifact{
      .name = identity.name, .kind = kind, .request = identity.request, .corrections = corrections};
  artifact.plan = with_stage_scales(
      with_corrections(kind, planned->plan, corrections, proven.error.upper, domain),
      proven.problem.domain, Metric::relative);
  const auto meaning = corrected_meaning(*artifact.plan, kind, corrections, proven.stored);
  if (!meaning) throw std::logic_error("compose_corrected: " + meaning.error().why);
  const auto range = proved_range(proven.stored, proven.problem.domain);
  if (!range) return Refusal{"the range of the start could not be proved"};
  artifact.claim = {certify_corrected({.map = correction_map(kind),
                                       .scalars = meaning->scalars,
                                       .start = proven.stored,
                                       .start_error = proven.error.upper,
                                       .domain = proven.problem.domain}),
                    Metric::relative};
  artifact.stages.push_back({.polynomial = proven.stored,
                             .domain = proven.problem.domain,
                             .range = {*range},
                             .claim = {proven.error, Metric::relative},
                             .rounding = proven.rounding});
  return artifact;
}

}  // namespace equiripple
