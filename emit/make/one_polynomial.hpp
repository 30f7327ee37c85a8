// One polynomial for the whole of a composed function: the form that all others are measured by.
#pragma once

#include <functional>
#include <optional>

#include "emit/make/stepped.hpp"

namespace equiripple {

/// One polynomial for the whole, of the smallest degree up to `highest`; without costs.
[[nodiscard]] StepForm polynomial_form(const SteppedRequest& request, int highest);

/// That of the smallest degree up to `highest` for which `problem` has the error, as `form_of`
/// makes it of a degree; or why there is none.
[[nodiscard]] StepForm smallest_form(
    const SteppedRequest& request, const MinimaxRequest& problem, const Rational& error,
    int highest, const std::function<std::optional<StepForm>(int degree)>& form_of);

/// The degrees up to which one polynomial of the function itself is looked for: those that the
/// levels allow, and unless levels are what counts no higher than pays.
[[nodiscard]] int highest_direct_degree(const SteppedRequest& request);

}  // namespace equiripple
