// Conversions by integer arithmetic; fmt for decimals to the nearest.
#include "emit/hexfloat.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace equiripple {
namespace {

using boost::multiprecision::denominator;
using boost::multiprecision::lsb;
using boost::multiprecision::msb;
using boost::multiprecision::numerator;

Integer rounded_integer(const Rational& q, Rounding rounding) {
  return rounding == Rounding::up ? Integer(-floor_of(-q)) : floor_of(q);
}

Rational power_of_ten(long exponent) {
  const Integer power =
      boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

// The largest k with 10^k <= q, for q > 0.
long decimal_exponent(const Rational& q) {
  auto exponent = static_cast<long>(std::floor(log2_of(q) * std::log10(2.0)));  // or one off
  while (power_of_ten(exponent) > q) --exponent;
  while (power_of_ten(exponent + 1) <= q) ++exponent;
  return exponent;
}

Rounding mirrored(Rounding rounding) {
  return rounding == Rounding::up ? Rounding::down : Rounding::up;
}

// d.ddd * 10^exponent in the notation of %g.
std::string general_notation(std::string digits, long exponent) {
  constexpr long least_plain = -4;
  const auto count = static_cast<long>(digits.size());
  const bool plain = exponent >= least_plain && exponent < count;
  long point = plain ? exponent + 1 : 1;  // digits before it
  if (point < 1) {
    digits.insert(0, static_cast<std::size_t>(1 - point), '0');
    point = 1;
  }
  while (static_cast<long>(digits.size()) > point && digits.back() == '0') digits.pop_back();
  if (static_cast<long>(digits.size()) > point) digits.insert(static_cast<std::size_t>(point), ".");
  return plain ? digits
               : fmt::format("{}e{}{:02}", digits, exponent < 0 ? '-' : '+', std::abs(exponent));
}

// Of |q|, in so many significant digits.
std::string outward_decimal(const Rational& q, int digits, Rounding rounding) {
  long exponent = decimal_exponent(q);
  Integer mantissa = rounded_integer(Rational(q * power_of_ten(digits - 1 - exponent)), rounding);
  if (mantissa == boost::multiprecision::pow(Integer(10), static_cast<unsigned>(digits))) {
    mantissa /= 10;
    ++exponent;
  }
  return general_notation(mantissa.str(), exponent);
}

// The least k with 2^(k / steps) >= q, or the largest with <=. The logarithm decides, but where it
// is a multiple of 1 / steps as far as it is known: then the powers are compared.
long log2_steps(const Rational& q, long steps, Rounding rounding) {
  constexpr long unsure_log2 = -100;  // the logarithm is good to 2^-200 (proved: |log2 q| < 2^20)
  const auto x = from_rational<Real<256>>(q);
  const Real<256> exact = real_log(x) / real_log(Real<256>(2)) * steps;
  const Real<256> nearest = real_floor(Real<256>(exact + Real<256>(0.5)));
  const auto k = static_cast<long>(convert<double>(nearest));
  int side = exact > nearest ? 1 : -1;  // of q against 2^(k / steps)
  if (real_abs(Real<256>(exact - nearest)) < scale_by_power_of_two(Real<256>(1), unsure_log2)) {
    const auto power = static_cast<unsigned>(steps);
    const Integer above = boost::multiprecision::pow(numerator(q), power);
    const Integer below = boost::multiprecision::pow(denominator(q), power);
    const Rational bound = power_of_two(k);
    side = Integer(above * denominator(bound)).compare(Integer(below * numerator(bound)));
  }
  if (side == 0) return k;
  if (rounding == Rounding::up) return side > 0 ? k + 1 : k;
  return side > 0 ? k : k - 1;
}

}  // namespace

std::string hexfloat(const Rational& q) {
  if (q == 0) return "0x0p+0";
  Integer mantissa = abs(numerator(q));
  const Integer below = denominator(q);
  if (lsb(below) != msb(below)) throw std::invalid_argument("hexfloat: not a dyadic number");
  long exponent = static_cast<long>(msb(mantissa)) - static_cast<long>(msb(below));
  mantissa >>= lsb(mantissa);
  const unsigned bits = static_cast<unsigned>(msb(mantissa));
  mantissa <<= (4 - bits % 4) % 4;  // the leading 1 stands before the point, then whole digits
  const std::string digits = mantissa.str(0, std::ios_base::hex);
  return fmt::format("{}0x1{}{}p{:+}", q < 0 ? "-" : "", digits.size() > 1 ? "." : "",
                     digits.substr(1), exponent);
}

std::optional<Rational> parse_hexfloat(std::string_view text) {
  constexpr std::size_t most_digits = 1100;
  // Chosen: far beyond the highest rung, yet a small text cannot become a gigabyte of numbers.
  constexpr long largest_exponent = 20'000;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with("0x")) return std::nullopt;
  text.remove_prefix(2);
  Integer mantissa = 0;
  long exponent = 0;
  std::size_t digits = 0;
  bool point = false;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != 'p'; ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    const bool decimal_digit = c >= '0' && c <= '9';
    if (!decimal_digit && !(c >= 'a' && c <= 'f')) return std::nullopt;
    mantissa = mantissa * 16 + (decimal_digit ? c - '0' : c - 'a' + 10);
    exponent -= point ? 4 : 0;
    if (++digits > most_digits) return std::nullopt;
  }
  if (digits == 0 || i + 1 >= text.size()) return std::nullopt;
  text.remove_prefix(i + 1);
  const bool down = text.starts_with('-');
  if (down || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  long power = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    power = 10 * power + (c - '0');
    if (power > largest_exponent) return std::nullopt;
  }
  const Rational value = Rational(mantissa) * power_of_two(exponent + (down ? -power : power));
  return negative ? Rational(-value) : value;
}

std::string decimal(const Rational& q, int digits, Rounding rounding) {
  if (q == 0) return "0";
  if (rounding != Rounding::nearest) {
    return q > 0 ? outward_decimal(q, digits, rounding)
                 : "-" + outward_decimal(-q, digits, mirrored(rounding));
  }
  const double nearest = to_double(q);
  if (std::isfinite(nearest) && std::abs(nearest) >= std::numeric_limits<double>::min()) {
    return fmt::format("{:.{}g}", nearest, digits);
  }
  std::string text = from_rational<Real<128>>(q).str(digits);
  return text;
}

std::string fixed_decimal(const Rational& q, int places, Rounding rounding) {
  const Integer units = rounded_integer(Rational(q * power_of_ten(places)), rounding);
  std::string digits = abs(units).str();
  const auto after = static_cast<std::size_t>(places);
  if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - after, ".");
  return (units < 0 ? "-" : "") + digits;
}

std::string fixed_decimal(double value, int places, Rounding rounding) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  return fixed_decimal(Rational(value), places, rounding);
}

std::string log2_text(const Rational& q, int places, Rounding rounding) {
  const Rational unit = power_of_ten(places);
  const long steps = log2_steps(q, static_cast<long>(to_double(unit)), rounding);
  return fixed_decimal(steps / unit, places, rounding);
}

std::string size_text(const Rational& q, Rounding rounding) {
  if (q == 0) return "0";
  return fmt::format("2^{} ({})", log2_text(q, 2, rounding), decimal(q, 3, rounding));
}

double log2_rounded_up(const Rational& q) {
  constexpr long unit = 10'000;
  return static_cast<double>(log2_steps(q, unit, Rounding::up)) / unit;
}

}  // namespace equiripple
