// Is a function positive on a domain? By ball arithmetic on ever smaller pieces.
#pragma once

#include <optional>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// A point of the domain where the function is not positive, or is too close to 0 to tell: a zero
/// is reported to 2^-140 of the domain. Empty where it is positive everywhere. The function is
/// defined on all of the domain (see check_smoothness).
[[nodiscard]] std::optional<Rational> point_not_positive(const Expression& function,
                                                         const Domain& domain);

}  // namespace equiripple
