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

}  // namespace equiripple
