// Each word by itself, then what does not go together.
#include "emit/request/slots_words.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"
#include "emit/slots_structure.hpp"

namespace equiripple {
namespace {

constexpr long largest_range_log2 = 12;  // chosen: squarings of exp, and levels, grow with it

Rational positive_word(const GivenOptions& given, const std::string& name, const Rational& most,
                       const std::string& right) {
  const std::string& word = given.one(name);
  const Rational value = number_word("--" + name, word);
  if (value <= 0 || value > most) {
    wrong_word("--" + name, fmt::format(" {}: must be {}", shown(word), right));
  }
  return value;
}

// From 2^-45 of the unit to below it.
Rational error_of(const GivenOptions& given, const Rational& unit, const char* right) {
  const std::string& word = given.one("error");
  const Rational error = number_word("--error", word);
  const Rational least = power_of_two(-45);  // chosen: parts of binary64 coefficients reach 2^-48
  if (error < least * unit || error >= unit) {
    wrong_word("--error", fmt::format(" {}: must be {}", shown(word), right));
  }
  return error;
}

Interval variance_of(const GivenOptions& given) {
  const std::string& word = given.one("variance");
  const Interval variance = domain_words("--variance", {word}).front();
  constexpr long most_log2 = 60;  // chosen: values and their squares stay in binary64
  if (variance.lower < power_of_two(-most_log2) || variance.upper > power_of_two(most_log2)) {
    wrong_word("--variance",
               fmt::format(" {}: needs 0 < a < b, from 2^-60 to 2^60, as '[1/16,4]'", shown(word)));
  }
  return variance;
}

}  // namespace

SlotsRequest slots_request(Kind kind, const GivenOptions& given) {
  SlotsRequest request;
  request.kind = kind;
  const std::string length = is_of_places(kind) ? "slots" : "length";
  request.length = whole_word("--" + length, given.one(length), 2, static_cast<int>(most_slots));
  if (kind == Kind::rmsnorm || kind == Kind::layernorm) {
    request.variance = variance_of(given);
  } else {
    request.range =
        positive_word(given, "range", power_of_two(largest_range_log2), "above 0 and at most 4096");
  }
  request.error = kind == Kind::largest
                      ? error_of(given, request.range, "from 2^-45 of the range to below it")
                      : error_of(given, 1, "from 2^-45 to below 1");
  if (kind == Kind::argmax) {
    request.gap =
        positive_word(given, "gap", 2 * request.range, "above 0 and at most twice the range");
    const Rational least = request.range * power_of_two(-largest_range_log2);  // chosen: as above
    if (request.gap < least) {
      wrong_word("--gap",
                 fmt::format(" {}: must be at least 2^-12 of the range", shown(given.one("gap"))));
    }
  }
  request.max_key_switches = most_key_switches(given);
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  request.plan = plan_settings(given);
  return request;
}

}  // namespace equiripple
