// Exact numbers as text, whatever the locale: "-0x1.8p-3".
#pragma once

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace equiripple {
namespace detail {

/// A whole number in decimal digits, with no sign but -; nothing for any other text.
inline std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// The double that the text is: an optional -, 0x, hexadecimal digits in lower case with or without
/// a point, p, and a decimal exponent with or without a sign. Nothing for any other text, nor for a
/// number that is no finite double.
inline std::optional<double> exact_hexfloat(std::string_view text) {
  constexpr int mantissa_bits = std::numeric_limits<double>::digits;
  constexpr int least_exponent = std::numeric_limits<double>::min_exponent - mantissa_bits;
  constexpr int largest_exponent = 10'000;   // chosen: beyond that of a double with all its digits
  constexpr std::size_t most_digits = 1000;  // chosen: the sums below stay far inside an int
  const bool is_negative = !text.empty() && text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  const std::size_t mark = text.find('p');
  if (text.substr(0, 2) != "0x" || mark == std::string_view::npos) return std::nullopt;
  std::string_view digits = text.substr(2, mark - 2);
  std::string_view power = text.substr(mark + 1);
  if (power.substr(0, 1) == "+" && power.substr(1, 1) != "-") power.remove_prefix(1);
  const auto written = whole_number(power);
  if (!written || *written > largest_exponent || *written < -largest_exponent) return std::nullopt;
  if (digits.size() > most_digits) return std::nullopt;
  std::uint64_t mantissa = 0;
  int exponent = *written;
  int pending = 0;  // zeros after the digits that are in the mantissa
  bool has_digit = false;
  bool has_point = false;
  for (const char c : digits) {
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    const bool is_decimal = c >= '0' && c <= '9';
    if (!is_decimal && !(c >= 'a' && c <= 'f')) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(is_decimal ? c - '0' : c - 'a' + 10);
    has_digit = true;
    if (has_point) exponent -= 4;
    if (digit == 0) {
      ++pending;
      continue;
    }
    for (; pending >= 0; --pending) {
      if (mantissa >> 60 != 0) return std::nullopt;
      mantissa *= 16;
    }
    pending = 0;
    mantissa += digit;
  }
  if (!has_digit) return std::nullopt;
  exponent += 4 * pending;
  if (mantissa == 0) return is_negative ? -0.0 : 0.0;
  for (; mantissa % 2 == 0; mantissa /= 2) ++exponent;
  if (mantissa >> mantissa_bits != 0 || exponent < least_exponent) return std::nullopt;
  const double value = std::ldexp(static_cast<double>(mantissa), exponent);
  if (!std::isfinite(value)) return std::nullopt;
  return is_negative ? -value : value;
}

}  // namespace detail
}  // namespace equiripple
