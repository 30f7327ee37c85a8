// Rounding one by one.
#include "generator/rounding/form.hpp"

#include <stdexcept>

namespace equiripple {
namespace {

constexpr int binary32_bits = 24;
constexpr long largest_binary32_log2 = 128;
constexpr long smallest_binary32_log2 = -149;  // of the subnormal numbers

Rational to_multiple(const Rational& q, const Rational& unit) {
  const Rational steps = q / unit + Rational(1, 2);
  return Rational(floor_of(steps)) * unit;
}

Rational to_binary32(const Rational& q) {
  const Rational smallest = power_of_two(smallest_binary32_log2);
  const Rational normal = smallest * power_of_two(binary32_bits - 1);
  const Rational value = abs(q) < normal ? to_multiple(q, smallest)
                                         : round_to_bits(q, binary32_bits, Rounding::nearest);
  if (abs(value) >= power_of_two(largest_binary32_log2)) {
    throw std::overflow_error("rounded: a coefficient is beyond binary32");
  }
  return value;
}

}  // namespace

ChebyshevSeries rounded(const ChebyshevSeries& series, const CoefficientForm& form) {
  if (!form.unit && form.bits != binary32_bits) return rounded(series, form.bits);
  ChebyshevSeries result = series;
  for (Rational& c : result.coefficients) {
    c = form.unit ? to_multiple(c, *form.unit) : to_binary32(c);
  }
  return result;
}

Rational spacing_at(const Rational& coefficient, const CoefficientForm& form) {
  if (form.unit) return *form.unit;
  if (coefficient == 0) return 0;
  // 2^exponent <= |coefficient| < 2^(exponent + 1), corrected where the logarithm is off by one.
  long exponent = static_cast<long>(std::floor(log2_of(coefficient)));
  while (power_of_two(exponent) > abs(coefficient)) --exponent;
  while (power_of_two(exponent + 1) <= abs(coefficient)) ++exponent;
  return power_of_two(exponent - form.bits + 1);
}

}  // namespace equiripple
