// A whole part, and a fraction by the exponential.
#include "generator/numbers/power.hpp"

namespace equiripple {

// With 0 < f < 1 the logarithm, the product and the exponential are rounded by less than 2^-250 of
// their values below 2, which lets 2^f be off by less than 2^-248; 2^-200 is taken off before it is
// rounded down to 128 bits (proved).
Rational power_of_two_below(const Rational& exponent) {
  const Integer whole = floor_of(exponent);
  const Rational scale = power_of_two(static_cast<long>(whole));
  if (exponent == Rational(whole)) return scale;
  constexpr long error_log2 = -200;
  constexpr int kept_bits = 128;
  const auto fraction = from_rational<Real<256>>(exponent - Rational(whole));
  const Real<256> nearest = real_exp(Real<256>(fraction * real_log(Real<256>(2))));
  const Rational below = to_rational(nearest) - power_of_two(error_log2);
  return scale * round_to_bits(below, kept_bits, Rounding::down);
}

}  // namespace equiripple
