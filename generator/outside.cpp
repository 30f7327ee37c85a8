// A bound that the range suggests, and how far it holds.
#include "generator/outside.hpp"

#include <algorithm>
#include <array>

#include "generator/bounded_reach.hpp"
#include "generator/proof/beyond.hpp"

namespace equiripple {
namespace {

// By how much a reach falls short of what is measured, until a proof is found; chosen.
constexpr std::array shortened_log2 = {-9, -6, -3, -1, 0};

// What is measured beyond `end`, less 2^log2 of its distance; binary64, rounded to the range.
Rational shortened(const Rational& end, const Rational& measured, int log2, Rounding inward) {
  return round_to_bits(end + (measured - end) * (1 - power_of_two(log2)), binary64_bits, inward);
}

}  // namespace

OutsideReach outside_reach(const std::vector<ChebyshevSeries>& stages, const Domain& domain,
                           const Domain& values) {
  const Interval value = hull(values);
  Rational bound = 2;
  // The values of a sign go a little beyond 1: that little does not move the bound.
  const Rational largest = std::max(abs(value.lower), abs(value.upper));
  if (largest >= 2) bound = round_to_bits(2 * largest, binary64_bits, Rounding::up);
  return {.bound = bound, .reach = bounded_reach(stages, domain, bound)};
}

OutsideReach proved_outside(const std::vector<ChebyshevSeries>& stages, const Domain& domain,
                            const Domain& values) {
  const OutsideReach measured = outside_reach(stages, domain, values);
  const Interval range = hull(domain);
  for (const int log2 : shortened_log2) {
    const Rational lower = shortened(range.lower, measured.reach.lower, log2, Rounding::up);
    const Rational upper = shortened(range.upper, measured.reach.upper, log2, Rounding::down);
    const Interval reach{std::min(lower, range.lower), std::max(upper, range.upper)};
    if (!stays_bounded(stages, reach, measured.bound)) continue;
    return {.bound = measured.bound, .reach = reach, .evidence = Evidence::proved};
  }
  return measured;
}

OutsideReach proved_outside_of_sign(const std::vector<ChebyshevSeries>& stages,
                                    const Domain& domain, const Domain& values) {
  OutsideReach outside = proved_outside(stages, domain, values);
  const Interval& right = domain.back();
  const Rational measured = side_reach(stages, domain);
  for (const int log2 : shortened_log2) {
    const Rational upper = shortened(right.upper, measured, log2, Rounding::down);
    const Rational side = std::max(upper, right.upper);
    if (!keeps_side(stages, {right.lower, side})) continue;
    outside.side = side;
    break;
  }
  return outside;
}

}  // namespace equiripple
