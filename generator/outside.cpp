// A bound that the range suggests, and how far it holds.
#include "generator/outside.hpp"

#include <algorithm>

#include "generator/bounded_reach.hpp"

namespace equiripple {

OutsideReach outside_reach(const std::vector<ChebyshevSeries>& stages, const Domain& domain,
                           const Domain& values) {
  const Interval value = hull(values);
  Rational bound = 2;
  // The values of a sign go a little beyond 1: that little does not move the bound.
  const Rational largest = std::max(abs(value.lower), abs(value.upper));
  if (largest >= 2) bound = round_to_bits(2 * largest, 53, Rounding::up);
  return {.bound = bound, .reach = bounded_reach(stages, domain, bound)};
}

}  // namespace equiripple
