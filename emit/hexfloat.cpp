// Conversions by integer arithmetic; fmt for the decimals.
#include "emit/hexfloat.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace equiripple {
namespace {

using boost::multiprecision::denominator;
using boost::multiprecision::lsb;
using boost::multiprecision::msb;
using boost::multiprecision::numerator;

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

std::string decimal(const Rational& q, int digits) {
  if (q == 0) return "0";
  const double nearest = to_double(q);
  if (std::isfinite(nearest) && std::abs(nearest) >= std::numeric_limits<double>::min()) {
    return fmt::format("{:.{}g}", nearest, digits);
  }
  std::string text = from_rational<Real<128>>(q).str(digits);
  return text;
}

std::string size_text(const Rational& q, Rounding rounding) {
  if (q == 0) return "0";
  constexpr double hundredth = 100;
  constexpr double digit = 0.006;  // more than half a unit of the third digit
  const double sign = rounding == Rounding::down ? -1 : 1;
  const double log2 = std::ceil(sign * log2_of(q) * hundredth) / hundredth * sign;
  const std::string nearest = decimal(q, 3);
  const Rational shown(std::strtod(nearest.c_str(), nullptr));
  const bool beyond = sign > 0 ? shown >= q : shown <= q;
  return fmt::format("2^{:.2f} ({})", log2,
                     beyond ? nearest : decimal(q * Rational(1 + sign * digit), 3));
}

double log2_rounded_up(const Rational& q) {
  constexpr double unit = 1e4;
  return std::ceil(log2_of(q) * unit) / unit;
}

}  // namespace equiripple
