// A plan within the levels that the request allows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/failure.hpp"
#include "emit/plan/make_plan.hpp"

namespace equiripple {

/// Fails with wrong_request: the table of costs (--model) does not list as many levels as are
/// needed.
[[noreturn]] void model_too_short(int listed, const std::string& who_needs, int needed);

/// make_plan; or why there is none within settings.max_levels (--max-levels), or at all.
[[nodiscard]] Attempt<PlannedFunction> attempted_plan(const PlanSettings& settings, Kind kind,
                                                      const std::vector<ChebyshevSeries>& stages);

/// Likewise, none where there is none at all; fails with cannot_be_met where settings.max_levels
/// (--max-levels) is below what the stages take, or there is no plan that could keep to it.
[[nodiscard]] std::optional<PlannedFunction> plan_within(
    const PlanSettings& settings, Kind kind, const std::vector<ChebyshevSeries>& stages);

}  // namespace equiripple
