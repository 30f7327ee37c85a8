// Powers of two with rational exponents, as bounds.
#pragma once

#include "generator/numbers/real.hpp"

namespace equiripple {

/// 2^exponent for |exponent| up to 2^15: itself where that is a number of binary, else a number
/// below it by less than 2^-120 of it.
[[nodiscard]] Rational power_of_two_below(const Rational& exponent);

}  // namespace equiripple
