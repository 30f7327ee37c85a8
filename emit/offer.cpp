// The plan is made again with one level more; the polynomials stay.
#include "emit/offer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/request/given_options.hpp"

namespace equiripple {
namespace {

// Of all stages, a degree without parity twice: 0.1 to 0.3 s at most (measured); sign of degree 63,
// or a dense degree 31, takes 0.4 s, and dense 63 takes 4 s.
constexpr std::size_t most_degrees = 61;

bool is_short_search(const std::vector<ChebyshevSeries>& stages) {
  std::size_t degrees = 0;
  for (const ChebyshevSeries& stage : stages) {
    degrees += stage.coefficients.size() - 1;
    if (stage.parity == Parity::none) degrees += stage.coefficients.size() - 1;
  }
  return degrees <= most_degrees;
}

// A file may hold any coefficients; the planner is only tried with those that functions have.
bool has_ordinary_sizes(const std::vector<ChebyshevSeries>& stages) {
  constexpr long largest_log2 = 200;  // chosen: products of a few stay far inside binary64
  const auto is_ordinary = [](const Rational& q) {
    return abs(q) >= power_of_two(-largest_log2) && abs(q) <= power_of_two(largest_log2);
  };
  return std::ranges::all_of(stages, [&](const ChebyshevSeries& stage) {
    return is_ordinary(stage.basis.upper - stage.basis.lower) &&
           std::ranges::all_of(stage.coefficients,
                               [&](const Rational& c) { return c == 0 || is_ordinary(c); });
  });
}

// Whether a program that rounds less may be taken instead.
bool may_round_too_much(const Artifact& artifact, const std::vector<ChebyshevSeries>& computed) {
  constexpr long negligible_log2 = -10;  // of the error; chosen: never clearly more
  if (artifact.stages.size() != 1) return false;
  const ChebyshevSeries& stored = artifact.stages.front().polynomial;
  if (rounds_little(stored, computed.front())) return false;
  const ClaimRecord& claim = artifact.stages.front().claim;
  return claim.metric != Metric::absolute ||
         coefficient_distance(stored, computed.front()) >
             claim.error.attained * power_of_two(negligible_log2);
}

// What keeps the degrees where a search would choose others: as the command takes them.
std::string degrees_option(const Artifact& artifact) {
  for (const char* given : {"degree", "degrees", "stages"}) {
    if (has_option(artifact.request, given)) return {};
  }
  std::vector<int> degrees;
  for (const StageRecord& stage : artifact.stages) degrees.push_back(stage.polynomial.degree());
  const bool is_one = artifact.kind == Kind::minimax;
  return fmt::format("--{} {} ", is_one ? "degree" : "degrees", fmt::join(degrees, ","));
}

}  // namespace

std::optional<PlanCosts> one_more_level(const Artifact& artifact, const PlanSettings& asked) {
  PlanSettings settings = asked;
  if (is_corrected(artifact.kind) || !artifact.steps.empty()) {
    return std::nullopt;  // the search weighed it
  }
  if (!artifact.plan || settings.objective == PlanObjective::key_switches) {
    return std::nullopt;
  }
  const PlanCosts& costs = artifact.plan->costs;
  if (settings.max_levels.value_or(deepest_program) <= costs.levels) return std::nullopt;
  const std::vector<ChebyshevSeries> stages = polynomials_of(artifact);
  if (!is_short_search(stages) || !has_ordinary_sizes(stages)) return std::nullopt;
  settings.objective = PlanObjective::key_switches;
  settings.max_levels = costs.levels + 1;
  if (minimum_plan_levels(artifact.kind, stages, settings.absorb) > *settings.max_levels) {
    return std::nullopt;  // a program of other hands
  }
  const auto planned = make_plan(artifact.kind, stages, settings);
  const Rational limit = settings.growth_limit * size_of_function(artifact.kind, stages);
  if (!planned || planned->plan.growth > limit) return std::nullopt;
  const PlanCosts& offered = planned->plan.costs;
  if (may_round_too_much(artifact, planned->computed)) {
    settings.rounds_little = true;  // which of the two is taken, only a proof decides
    const auto other = make_plan(artifact.kind, stages, settings);
    if (!other || other->plan.costs != offered) return std::nullopt;
  }
  const bool saves = offered.key_switches < costs.key_switches;
  return saves && offered.levels == costs.levels + 1 ? std::optional(offered) : std::nullopt;
}

std::string describe_offer(const Artifact& artifact, const PlanSettings& asked) {
  const auto offered = one_more_level(artifact, asked);
  if (!offered) return {};
  return fmt::format(
      "one more level would take {} instead of {} ({}--minimise key-switches --max-levels {})",
      plural(offered->key_switches, "key switch"), artifact.plan->costs.key_switches,
      degrees_option(artifact), offered->levels);
}

std::string describe_excess(const Artifact& artifact, const PlanSettings& asked) {
  if (!artifact.plan) return {};
  const Kind planned_as = is_corrected(artifact.kind) ? Kind::minimax : artifact.kind;
  const Rational limit =
      asked.growth_limit * size_of_function(planned_as, polynomials_of(artifact));
  if (artifact.plan->growth <= limit) return {};
  std::string exponent = log2_text(limit, 2, Rounding::down);
  if (exponent.ends_with(".00")) exponent.resize(exponent.size() - 3);  // as it was asked for
  return "above the limit 2^" + exponent;
}

}  // namespace equiripple
