// How far from a domain a polynomial, or a composition, stays below a bound: measured.
#pragma once

#include "generator/chebyshev.hpp"

namespace equiripple {

/// Ends up to which the magnitude stays at or below `bound`, found by ever larger steps from the
/// domain outward, to a thousandth of their distance from it, and not proved.
[[nodiscard]] Interval bounded_reach(const std::vector<ChebyshevSeries>& stages,
                                     const Domain& domain, const Rational& bound);

/// For an odd composition near 1 at the upper end of the domain: up to where it is at most 1/2
/// away.
[[nodiscard]] Rational side_reach(const std::vector<ChebyshevSeries>& stages, const Domain& domain);

}  // namespace equiripple
