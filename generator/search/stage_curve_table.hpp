// Coefficients of the curves of stages' errors, made by equiripple-curves.
#pragma once

#include <span>

namespace equiripple {

struct StageCurveRow {
  int degree = 0;
  std::span<const int> numbers;  // as StageCurve::solved_numbers gives them
};

/// By ascending degree.
[[nodiscard]] std::span<const StageCurveRow> tabled_stage_curves();

}  // namespace equiripple
