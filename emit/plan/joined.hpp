// The program of pieces that stages of sign join (generator/steps/joined.hpp).
//
// All polynomials in x are written as of one variable, whose Chebyshev powers they share. The last
// stage of a joint is multiplied by its factor as that of ReLU is by x: in place of the scalar
// products of its leaves, so that the product takes no level. What ends at the same depth is added
// up before it is relinearised: one key switch for all of these joints.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/make_plan.hpp"
#include "generator/expected.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {

/// `polynomials` as the form orders them; those in x on one basis, of a later stage on [-b, b]; but
/// for the mean none is a number. Empty as make_plan. Each polynomial takes the fewest levels that
/// it can, and a last stage waits for its factor; settings.max_levels is not looked at. Throws
/// std::invalid_argument where the bases differ.
[[nodiscard]] std::optional<PlannedFunction> plan_joined(
    const JoinedForm& form, const std::vector<ChebyshevSeries>& polynomials,
    const PlanSettings& settings);

/// The levels that it takes.
[[nodiscard]] int joined_levels(const JoinedForm& form,
                                const std::vector<ChebyshevSeries>& polynomials);

/// The polynomials that a program computes, exactly, with the scalars as it has them; or why it is
/// no program of the form. Of `stored` the bases and parities are taken.
[[nodiscard]] Expected<std::vector<ChebyshevSeries>> joined_meaning(
    const std::vector<Instruction>& program, const JoinedForm& form,
    const std::vector<ChebyshevSeries>& stored);

}  // namespace equiripple
