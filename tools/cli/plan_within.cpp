// The budget is checked here, where its option can be named.
#include "tools/cli/plan_within.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "emit/describe.hpp"
#include "tools/cli/failure.hpp"

namespace equiripple {

std::optional<PlannedFunction> plan_within(const PlanSettings& settings, Kind kind,
                                           const std::vector<ChebyshevSeries>& stages) {
  if (settings.max_levels) {
    const int fewest = minimum_plan_levels(kind, stages, settings.absorb);
    if (*settings.max_levels < fewest) {
      std::vector<int> degrees;
      for (const ChebyshevSeries& stage : stages) degrees.push_back(stage.degree());
      const bool one = degrees.size() == 1;
      cannot_be_met(fmt::format("--max-levels {}: degree{} {} {} {}", *settings.max_levels,
                                one ? "" : "s", fmt::join(degrees, ", "), one ? "takes" : "take",
                                plural(fewest, "level")));
    }
  }
  auto planned = make_plan(kind, stages, settings);
  if (!planned && settings.max_levels) {
    cannot_be_met(
        fmt::format("--max-levels {}: there is no plan at all; the degree is above {}, or "
                    "the coefficients have more than 53 bits or are above 2^1000",
                    *settings.max_levels, highest_planned_degree));
  }
  return planned;
}

}  // namespace equiripple
