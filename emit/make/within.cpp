// The budget is checked here, where its option can be named.
#include "emit/make/within.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/make/phase.hpp"

namespace equiripple {

void model_too_short(int listed, const std::string& who_needs, int needed) {
  wrong_request(
      fmt::format("--model: levels are missing: the shortest list has the costs of {}, {} "
                  "{}",
                  plural(listed, "level"), who_needs, plural(needed, "level")));
}

Attempt<PlannedFunction> attempted_plan(const PlanSettings& settings, Kind kind,
                                        const std::vector<ChebyshevSeries>& stages) {
  const InPhase phase(Phase::plan);
  const int fewest = minimum_plan_levels(kind, stages, settings.absorb);
  std::vector<int> degrees;
  for (const ChebyshevSeries& stage : stages) degrees.push_back(stage.degree());
  const std::string who = fmt::format("degree{} {} take{}", degrees.size() == 1 ? "" : "s",
                                      fmt::join(degrees, ", "), degrees.size() == 1 ? "s" : "");
  if (settings.max_levels && *settings.max_levels < fewest) {
    return {.why = fmt::format("--max-levels {}: {} {}", *settings.max_levels, who,
                               plural(fewest, "level"))};
  }
  PlanSettings priced = settings;
  if (settings.objective == PlanObjective::latency) {
    if (const auto listed = levels_covered(settings.costs)) {
      const int after = settings.costs.levels_after;
      if (fewest + after > *listed) model_too_short(*listed, who, fewest + after);
      priced.max_levels = std::min(settings.max_levels.value_or(*listed), *listed - after);
    }
  }
  auto planned = make_plan(kind, stages, priced);
  if (planned) return {.value = std::move(planned)};
  if (!settings.max_levels) return {.why = "plan: " + describe_missing_plan()};
  return {.why = fmt::format("--max-levels {}: there is no plan within it: {}",
                             *settings.max_levels, describe_missing_plan())};
}

std::optional<PlannedFunction> plan_within(const PlanSettings& settings, Kind kind,
                                           const std::vector<ChebyshevSeries>& stages) {
  Attempt<PlannedFunction> planned = attempted_plan(settings, kind, stages);
  if (!planned.value && settings.max_levels) cannot_be_met(planned.why);
  return std::move(planned.value);
}

}  // namespace equiripple
