// How far from a domain a polynomial, or a composition, stays below a bound: measured.
#pragma once

#include "generator/chebyshev.hpp"

namespace equiripple {

/// Ends up to which the magnitude stays at or below `bound`, found by ever larger steps from the
/// domain outward, to a thousandth of their distance from it, and not proved.
[[nodiscard]] Interval bounded_reach(const std::vector<ChebyshevSeries>& stages,
                                     const Domain& domain, const Rational& bound);

}  // namespace equiripple
