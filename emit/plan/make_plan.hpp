// From approximations to the program that evaluates them.
#pragma once

#include <optional>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"

namespace equiripple {

inline constexpr int highest_planned_degree = 1023;

struct PlannedFunction {
  Plan plan;
  /// The polynomial that the program computes for each stage, exactly: the stage with its scalars
  /// as the program rounds them.
  std::vector<ChebyshevSeries> computed;
};

/// Empty where a stage has a degree above highest_planned_degree, or coefficients of more than 53
/// bits. Throws std::invalid_argument
/// without stages.
[[nodiscard]] std::optional<PlannedFunction> make_plan(Kind kind,
                                                       const std::vector<ChebyshevSeries>& stages);

}  // namespace equiripple
