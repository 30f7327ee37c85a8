// Is a function positive on a domain? By ball arithmetic on ever smaller pieces.
#pragma once

#include <optional>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

enum class PositivityDoubt {
  not_positive,  // the function is 0 or negative at the point
  too_close,     // it is 0, or too close to 0 to tell, within 2^-140 of the domain of the point
  undecided,     // not known: it varies too fast near the point
};

struct NotPositive {
  Rational point;  // the simplest number of those that are as close
  PositivityDoubt doubt = PositivityDoubt::not_positive;
};

/// Empty where the function is positive on all of the domain. It is defined there (see
/// check_smoothness).
[[nodiscard]] std::optional<NotPositive> point_not_positive(const Expression& function,
                                                            const Domain& domain);

}  // namespace equiripple
