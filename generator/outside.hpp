// How far beyond its range a polynomial, or a composition, stays bounded: measured.
#pragma once

#include <vector>

#include "generator/chebyshev.hpp"

namespace equiripple {

struct OutsideReach {
  Rational bound;  // of the magnitude
  Interval reach;  // holds the range; the magnitude stays at or below the bound on all of it
};

/// The bound is twice the largest magnitude of `values` (the function's range), and at least 2.
/// Ends are found by ever larger steps from the range outward, to a thousandth of their distance
/// from it, and not proved.
[[nodiscard]] OutsideReach outside_reach(const std::vector<ChebyshevSeries>& stages,
                                         const Domain& domain, const Domain& values);

}  // namespace equiripple
