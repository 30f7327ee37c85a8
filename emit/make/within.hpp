// A plan within the levels that the request allows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/failure.hpp"
#include "emit/plan/make_plan.hpp"

namespace equiripple {

/// A wrong request: the table of costs (--model) does not list as many levels as are needed.
[[nodiscard]] Refusal model_too_short(int listed, const std::string& who_needs, int needed);

/// What a plan takes of something that a request may limit.
struct BudgetedCount {
  const char* flag;
  std::optional<int> most;
  int taken;
  const char* noun;

  [[nodiscard]] bool is_kept() const { return !most || taken <= *most; }
};

/// make_plan, or none where there is none at all. Refused where settings.max_levels (--max-levels)
/// is below what the stages take, or there is no plan that could keep to it.
[[nodiscard]] Outcome<std::optional<PlannedFunction>> plan_within(
    const PlanSettings& settings, Kind kind, const std::vector<ChebyshevSeries>& stages);

}  // namespace equiripple
