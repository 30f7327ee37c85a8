// The number that a person would have written.
#pragma once

#include "generator/numbers/real.hpp"

namespace equiripple {

/// The fraction of smallest denominator in [lower, upper]; 0 where it is in there.
[[nodiscard]] Rational simplest_between(const Rational& lower, const Rational& upper);

}  // namespace equiripple
