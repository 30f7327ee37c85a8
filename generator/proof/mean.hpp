// Proved means over a domain, under a density: of the square of an error, and of a part.
#pragma once

#include <optional>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/domain.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// How often each x of a domain is met, up to a factor.
struct Measure {
  Expression density = Expression(1, "1");  // at least 0 on the domain, and not 0 throughout
  Domain domain;                            // with binary64 ends
  std::vector<Rational> kinks{};  // ascending: where density or what is integrated is not smooth
};

/// `upper` bounds the square root of the mean of (target - stored)^2, and is about 2^-10 more at
/// most where that is above 2^-4 of `largest`, a bound of |target - stored|; lower and attained are
/// 0: nothing is said of them. The domain lies inside the basis of `stored`. Empty where no proof
/// was found.
[[nodiscard]] std::optional<ErrorEnclosure> proved_root_mean_square(const Measure& measure,
                                                                    const Expression& target,
                                                                    const ChebyshevSeries& stored,
                                                                    const Rational& largest);

/// At most the share of the domain's measure that `part` has, which lies in the domain and has
/// binary64 ends; a binary64 number from 0 to 1, at most 2^-20 too small. Empty likewise.
[[nodiscard]] std::optional<Rational> proved_share_of(const Measure& measure, const Domain& part);

}  // namespace equiripple
