// A plan within the levels that the request allows.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/make_plan.hpp"

namespace equiripple {

/// make_plan; fails with cannot_be_met where settings.max_levels (--max-levels) is below what the
/// stages take, or there is no plan that could keep to it.
[[nodiscard]] std::optional<PlannedFunction> plan_within(
    const PlanSettings& settings, Kind kind, const std::vector<ChebyshevSeries>& stages);

}  // namespace equiripple
