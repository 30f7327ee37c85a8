// The program of a function made of steps: the planner's of the polynomials at the beginning, and
// after it one operation a step.
//
// (1 + v) / 2 at the end of a chain of polynomials, and x times that or v, as of ReLU, are part of
// the last of them. A square or a
// product takes a level and a key switch; an affine map by a whole number, after one of these,
// takes neither. The scales of squares follow from that of the result: nothing is spent on them. A
// polynomial on [-1, 1] may follow at the end: the planner's again.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/make_plan.hpp"
#include "generator/expected.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

/// Whether programs of these steps are known.
[[nodiscard]] bool can_be_planned(const Steps& steps);

/// Levels, and key switches, that squares and products take.
[[nodiscard]] int levels_after_start(const Steps& steps);

/// The fewest levels that plan_steps can do with.
[[nodiscard]] int minimum_stepped_levels(Kind kind, const Steps& steps,
                                         const std::vector<ChebyshevSeries>& polynomials,
                                         const PlanSettings& settings);

/// The kind as which the polynomials at the beginning are planned; of steps without squares that is
/// what is made of the last value.
[[nodiscard]] Kind kind_of_start(Kind kind, const Steps& steps);

/// `ranges` hold the values of each polynomial, for the growth. Empty as make_plan, which throws
/// likewise; throws std::invalid_argument unless can_be_planned(steps), and where a polynomial
/// after products is not on [-1, 1].
[[nodiscard]] std::optional<PlannedFunction> plan_steps(
    Kind kind, const Steps& steps, const std::vector<ChebyshevSeries>& polynomials,
    const std::vector<Interval>& ranges, const PlanSettings& settings);

/// A program taken apart again.
struct SteppedMeaning {
  std::vector<ChebyshevSeries> polynomials;  // that the program computes
  Rational growth = 1;                       // of the whole
};

/// Or why it is not what plan_steps writes, but for its scalars.
[[nodiscard]] Expected<SteppedMeaning> stepped_meaning(const Plan& plan, Kind kind,
                                                       const Steps& steps,
                                                       const std::vector<ChebyshevSeries>& stored,
                                                       const std::vector<Interval>& ranges);

}  // namespace equiripple
