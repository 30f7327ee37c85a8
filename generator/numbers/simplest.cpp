// By the continued fraction that the ends share.
#include "generator/numbers/simplest.hpp"

namespace equiripple {

Rational simplest_between(const Rational& lower, const Rational& upper) {
  if (lower <= 0 && upper >= 0) return 0;
  if (upper < 0) return -simplest_between(-upper, -lower);
  const Rational whole(floor_of(lower));
  if (whole == lower) return whole;
  if (whole + 1 <= upper) return whole + 1;
  return whole + 1 / simplest_between(1 / (upper - whole), 1 / (lower - whole));
}

}  // namespace equiripple
