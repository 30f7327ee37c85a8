// Stages put together to the program of a function.
#pragma once

#include <vector>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/stage_choice.hpp"

namespace equiripple {

/// Whether a program can hold it: its degree, and coefficients of at most 53 bits, not
/// above 2^1000.
[[nodiscard]] bool can_be_planned(const ChebyshevSeries& stage);

/// What each stage has to compute, with the factors that are folded into it.
[[nodiscard]] std::vector<StageTask> tasks_of(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                              bool absorb);

[[nodiscard]] std::vector<Instruction> program_of(Kind kind,
                                                  const std::vector<ChebyshevSeries>& stages,
                                                  const std::vector<StageTask>& tasks,
                                                  const std::vector<StageChoice>& choices);

/// With its costs, its growth, and the polynomials that it computes.
[[nodiscard]] PlannedFunction planned(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                      std::vector<Instruction> program,
                                      const Rational& output_scale_factor = 1);

}  // namespace equiripple
