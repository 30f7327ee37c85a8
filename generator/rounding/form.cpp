// Rounding one by one.
#include "generator/rounding/form.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

constexpr int binary32_bits = 24;
constexpr long largest_binary32_log2 = 128;
constexpr long smallest_binary32_log2 = -149;  // of the subnormal numbers

Rational to_multiple(const Rational& q, const Rational& unit) {
  const Rational steps = q / unit + Rational(1, 2);
  return Rational(floor_of(steps)) * unit;
}

std::optional<Rational> to_binary32(const Rational& q) {
  const Rational smallest = power_of_two(smallest_binary32_log2);
  const Rational normal = smallest * power_of_two(binary32_bits - 1);
  const Rational value = abs(q) < normal ? to_multiple(q, smallest)
                                         : round_to_bits(q, binary32_bits, Rounding::nearest);
  if (abs(value) >= power_of_two(largest_binary32_log2)) return std::nullopt;
  return value;
}

std::optional<Rational> to_binary64(const Rational& q) {
  const double value = to_double(q);
  if (!std::isfinite(value)) return std::nullopt;
  return Rational(value);
}

std::optional<Rational> nearest(const Rational& q, const CoefficientForm& form) {
  if (form.unit) return to_multiple(q, *form.unit);
  if (form.bits == binary64_bits) return to_binary64(q);
  if (form.bits == binary32_bits) return to_binary32(q);
  return round_to_bits(q, form.bits, Rounding::nearest);
}

}  // namespace

std::optional<ChebyshevSeries> rounded_within_range(const ChebyshevSeries& series,
                                                    const CoefficientForm& form) {
  ChebyshevSeries result = series;
  for (Rational& c : result.coefficients) {
    auto value = nearest(c, form);
    if (!value) return std::nullopt;
    c = std::move(*value);
  }
  return result;
}

ChebyshevSeries rounded(const ChebyshevSeries& series, const CoefficientForm& form) {
  auto result = rounded_within_range(series, form);
  if (!result) throw std::overflow_error("rounded: a coefficient is beyond the range of its form");
  return *std::move(result);
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
