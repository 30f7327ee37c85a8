// How far beyond its range a polynomial, or a composition, stays bounded.
#pragma once

#include <optional>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct OutsideReach {
  Rational bound;  // of the magnitude
  Interval reach;  // holds the range; the magnitude stays at or below the bound on all of it
  Evidence evidence = Evidence::measured;
  /// Of a composition of sign: from the gap up to here, on both sides of 0, it is at most 1/2 away
  /// from sign. Proved; none where it is not.
  std::optional<Rational> side{};
};

/// The bound is twice the largest magnitude of `values` (the function's range), and at least 2.
/// Ends are found by ever larger steps from the range outward, to a thousandth of their distance
/// from it, and not proved.
[[nodiscard]] OutsideReach outside_reach(const std::vector<ChebyshevSeries>& stages,
                                         const Domain& domain, const Domain& values);

/// The same, proved: the reach falls short of what is measured by what the proof needs, a
/// thousandth of the distance where it is sharp. As measured where there is no proof.
[[nodiscard]] OutsideReach proved_outside(const std::vector<ChebyshevSeries>& stages,
                                          const Domain& domain, const Domain& values);

/// The same of a composition of sign, whose first domain is [-b, -a] u [a, b], with its side.
[[nodiscard]] OutsideReach proved_outside_of_sign(const std::vector<ChebyshevSeries>& stages,
                                                  const Domain& domain, const Domain& values);

}  // namespace equiripple
