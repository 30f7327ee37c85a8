// One program for several functions of one input, and one program for several coefficients.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/stage_choice.hpp"

namespace equiripple {

/// A polynomial, and what its value is called.
struct SharedTask {
  StageTask task;
  std::string name;
};

/// Writes polynomials of one variable behind a program, highest first, each in the way that adds
/// least to what is there; Chebyshev powers are made once for all of them. Their values, in the
/// order of the tasks.
[[nodiscard]] std::vector<int> write_shared(ProgramBuilder& builder, int variable,
                                            const std::vector<SharedTask>& tasks,
                                            const Rational& growth_limit);

struct SharedPlan {
  std::vector<Instruction> program;
  std::vector<int> results;  // indices in the program, in the order of the functions
  PlanCosts costs;
  Rational growth;
  std::vector<ChebyshevSeries> computed;  // as PlannedFunction::computed
};

/// A plan for a set of polynomials on one basis: Chebyshev powers are made once for all of them.
/// Each has the levels that it has alone. Empty where make_plan is. Throws std::invalid_argument
/// without functions, and where their bases differ.
[[nodiscard]] std::optional<SharedPlan> make_shared_plan(
    const std::vector<ChebyshevSeries>& functions, const PlanSettings& settings = {});

/// Plans of the same function with other coefficients, a call or a slot: `members` have the same
/// number of stages, with the same bases. The programs agree in everything but their scalars, so
/// that scalar by scalar the values of all members can be the slots of one plaintext. Nothing is
/// absorbed. Empty where make_plan is for a member, or where no shape suits all of them.
[[nodiscard]] std::optional<std::vector<PlannedFunction>> make_plan_family(
    Kind kind, const std::vector<std::vector<ChebyshevSeries>>& members,
    const PlanSettings& settings = {});

}  // namespace equiripple
