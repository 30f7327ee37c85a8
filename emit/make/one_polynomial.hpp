// One polynomial for the whole of a composed function: the form that all others are measured by.
#pragma once

#include <string>

#include "emit/make/stepped.hpp"

namespace equiripple {

/// One polynomial for the whole, of the smallest degree up to `highest`; without costs.
[[nodiscard]] StepForm polynomial_form(const SteppedRequest& request, int highest);

/// The degrees up to which one polynomial of the function itself is looked for: those that the
/// levels allow, and unless levels are what counts no higher than pays.
[[nodiscard]] int highest_direct_degree(const SteppedRequest& request);

/// That none up to `highest` was found, and whether the levels allow no higher one.
[[nodiscard]] std::string describe_no_degree(const SteppedRequest& request, int highest);

}  // namespace equiripple
