// One pass over the text.
#include "emit/request/samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <locale>
#include <optional>
#include <sstream>
#include <string_view>
#include <version>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

// Of all of the text, whatever the locale; nothing where it is no number.
std::optional<double> decimal_number(std::string_view digits) {
  double value = 0;
#ifdef __cpp_lib_to_chars
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
#else  // libc++ before 20
  if (digits.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  std::istringstream text{std::string(digits)};
  text.imbue(std::locale::classic());
  if (!(text >> value) || text.peek() != std::istringstream::traits_type::eof()) {
    return std::nullopt;
  }
#endif
  return value;
}

double number_in(const std::string& where, std::string_view word) {
  const std::string_view digits = word.starts_with('+') ? word.substr(1) : word;
  const auto value = decimal_number(digits);
  if (value && std::isfinite(*value)) return *value;
  wrong_request(fmt::format("{}: {} is not a finite number, as -1.25 or 3e-2", where,
                            shown(std::string(word))));
}

bool holds(const Domain& domain, double x) {
  return std::ranges::any_of(domain, [&](const Interval& interval) {
    return interval.lower <= Rational(x) && Rational(x) <= interval.upper;
  });
}

}  // namespace

std::vector<double> parse_samples(const std::string& name, std::string_view text) {
  std::vector<double> numbers;
  long line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (c == '\n' || c == ' ' || c == '\t' || c == '\r' || c == ',') {
      ++i;
    } else if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n,#", i), text.size());
      numbers.push_back(number_in(fmt::format("{}, line {}", name, line), text.substr(i, end - i)));
      i = end;
    }
    if (numbers.size() > most_samples) {
      wrong_request(fmt::format("{}: more than {} numbers", name, most_samples));
    }
  }
  return numbers;
}

std::vector<double> samples_in(const std::string& flag, const GivenOptions::File& file,
                               const Domain& domain) {
  const std::string& name = file.name;
  std::vector<double> samples = parse_samples(name, file.text);
  if (samples.empty()) wrong_word(flag, fmt::format(" '{}': there is no number in it", name));
  long outside = 0;
  double largest = 0;
  for (const double x : samples) {
    if (holds(domain, x)) continue;
    ++outside;
    if (std::abs(x) > std::abs(largest)) largest = x;
  }
  if (outside == 0) return samples;
  wrong_word(flag, fmt::format(" '{}': {} of {} numbers are outside [{}, {}], the largest {}", name,
                               outside, samples.size(), decimal(hull(domain).lower),
                               decimal(hull(domain).upper), largest));
}

}  // namespace equiripple
