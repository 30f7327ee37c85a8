// Well-posed problems that an exchange finds hard: many or tiny intervals, tables, kinks, steep
// steps, pieces on which the target is constant, oscillation beyond the degree, weights.
#pragma once

#include "tests/support/random_problem.hpp"

namespace equiripple::test {

/// Continuous on its domain by construction, the weight positive.
[[nodiscard]] RandomProblem hard_problem(Random& random);

/// A wave on some intervals, of a degree about the number of extrema that it has there: the best
/// polynomial is 0, or gains next to nothing over it.
[[nodiscard]] RandomProblem wave_problem(Random& random);

}  // namespace equiripple::test
