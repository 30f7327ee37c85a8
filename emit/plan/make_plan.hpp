// From approximations to the program that evaluates them.
#pragma once

#include <optional>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/settings.hpp"

namespace equiripple {

inline constexpr int highest_planned_degree = 4095;

struct PlannedFunction {
  Plan plan;
  /// The polynomial that the program computes for each stage, exactly: the stage with its scalars
  /// as the program rounds them.
  std::vector<ChebyshevSeries> computed;
};

/// Empty where a stage has a degree above highest_planned_degree, or coefficients of more than 53
/// bits or above 2^1000, or that no program within the levels holds to the precision of binary64.
/// Throws std::invalid_argument without stages, and where settings.max_levels is below
/// minimum_plan_levels.
[[nodiscard]] std::optional<PlannedFunction> make_plan(Kind kind,
                                                       const std::vector<ChebyshevSeries>& stages,
                                                       const PlanSettings& settings = {});

/// Whether the program's polynomial is as near to the stored one as PlanSettings::rounds_little
/// asks.
[[nodiscard]] bool rounds_little(const ChebyshevSeries& stored, const ChebyshevSeries& computed);

/// The largest size of what a stage computes (stage_choice.hpp), at least 1. Limits of growth,
/// which are for functions of size 1, are multiplied by it.
[[nodiscard]] Rational size_of_function(Kind kind, const std::vector<ChebyshevSeries>& stages);

/// The fewest levels that make_plan can do with: ceil(log2(degree + 1)) a stage, k where a single
/// stage of degree 2^k absorbs its leading coefficient; where nothing is absorbed, one more for a
/// single stage of degree 2^k - 1 times x.
[[nodiscard]] int minimum_plan_levels(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                      bool absorb = true);

}  // namespace equiripple
