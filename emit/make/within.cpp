// The budget is checked here, where its option can be named.
#include "emit/make/within.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/make/phase.hpp"

namespace equiripple {

Refusal model_too_short(int listed, const std::string& who_needs, int needed) {
  return about("--model",
               fmt::format(": levels are missing: the shortest list has the costs of {}, {} {}",
                           plural(listed, "level"), who_needs, plural(needed, "level")),
               Status::wrong_request);
}

Outcome<std::optional<PlannedFunction>> plan_within(const PlanSettings& settings, Kind kind,
                                                    const std::vector<ChebyshevSeries>& stages) {
  const InPhase phase(Phase::plan);
  const int fewest = minimum_plan_levels(kind, stages, settings.absorb);
  std::vector<int> degrees;
  for (const ChebyshevSeries& stage : stages) degrees.push_back(stage.degree());
  const std::string who = fmt::format("degree{} {} take{}", degrees.size() == 1 ? "" : "s",
                                      fmt::join(degrees, ", "), degrees.size() == 1 ? "s" : "");
  if (settings.max_levels && *settings.max_levels < fewest) {
    return about("--max-levels",
                 fmt::format(" {}: {} {}", *settings.max_levels, who, plural(fewest, "level")));
  }
  PlanSettings priced = settings;
  if (settings.objective == PlanObjective::latency) {
    if (const auto listed = levels_covered(settings.costs)) {
      const int after = settings.costs.levels_after;
      if (fewest + after > *listed) return model_too_short(*listed, who, fewest + after);
      priced.max_levels = std::min(settings.max_levels.value_or(*listed), *listed - after);
    }
  }
  auto planned = make_plan(kind, stages, priced);
  if (planned || !settings.max_levels) return planned;
  return about("--max-levels", fmt::format(" {}: there is no plan within it: {}",
                                           *settings.max_levels, describe_missing_plan()));
}

Outcome<std::optional<ProvenPlan>> proven_plan_within(
    PlanSettings settings, Kind kind, const ChebyshevSeries& stored, const Rational& upper,
    const std::function<Outcome<Rational>(const ChebyshevSeries& computed)>& error_of_program) {
  using Found = std::optional<ProvenPlan>;
  const auto proven = [&]() -> Outcome<Found> {
    Outcome<std::optional<PlannedFunction>> planned = plan_within(settings, kind, {stored});
    if (!planned) return planned.error();
    if (!*planned) return Found{};
    Outcome<Rational> error = error_of_program((*planned)->computed.front());
    if (!error) return error.error();
    return Found({**std::move(planned), *std::move(error)});
  };
  const auto first = proven();
  if (!first || !*first) return first;
  constexpr long clearly_log2 = -8;  // chosen: above what a proof leaves open
  if ((*first)->error <= upper * (1 + power_of_two(clearly_log2))) return first;
  if (rounds_little(stored, (*first)->function.computed.front())) return first;
  settings.rounds_little = true;
  auto second = proven();
  return second && *second && (*second)->error < (*first)->error ? second : first;
}

}  // namespace equiripple
