// A plan within the levels that the request allows.
#pragma once

#include <functional>
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

struct ProvenPlan {
  PlannedFunction function;
  Rational error;  // a bound of what its program computes
};

/// plan_within() for one polynomial, whose error is at most `upper`, with what is proved of the
/// program. Where the rounding of scalars makes that clearly more, and more than what rounding the
/// coefficients does, a plan that rounds little is taken, if its bound is smaller.
[[nodiscard]] Outcome<std::optional<ProvenPlan>> proven_plan_within(
    PlanSettings settings, Kind kind, const ChebyshevSeries& stored, const Rational& upper,
    const std::function<Outcome<Rational>(const ChebyshevSeries& computed)>& error_of_program);

}  // namespace equiripple
