// What a polynomial takes where its argument leaves its basis: proved.
#pragma once

#include <optional>
#include <vector>

#include "generator/chebyshev.hpp"

namespace equiripple {

/// Encloses the polynomial on the interval, inside its basis and beyond; ends are binary64, at most
/// about 2^-10 of the largest magnitude too wide. Empty where no proof was found.
[[nodiscard]] std::optional<Interval> proved_values(const ChebyshevSeries& polynomial,
                                                    const Interval& arguments);

/// Whether the composition of the stages stays at or below `bound` in magnitude on all of `reach`,
/// a gap included.
[[nodiscard]] bool stays_bounded(const std::vector<ChebyshevSeries>& stages, const Interval& reach,
                                 const Rational& bound);

/// Whether it stays within 1/2 of 1 on all of them: for an odd composition its side of 0.
[[nodiscard]] bool keeps_side(const std::vector<ChebyshevSeries>& stages,
                              const Interval& arguments);

}  // namespace equiripple
