// Values to the intervals on which the function is each of them.
#include "emit/request/quantise_words.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

constexpr std::size_t most_values = 64;  // chosen: two degrees a value are planned in seconds
constexpr long least_error_log2 = -40;   // chosen: of the distance of values, as binary64 holds it

std::vector<Rational> values_of(const std::string& words) {
  std::vector<Rational> values;
  for (const std::string& word : list_word("--to", words)) {
    const Rational value = number_word("--to", word);
    if (abs(value) > power_of_two(largest_end_log2)) {
      wrong_word("--to", fmt::format(" {}: {} is beyond 2^{}", shown(words), shown(word),
                                     largest_end_log2));
    }
    if (!values.empty() && value <= values.back()) {
      wrong_word("--to",
                 fmt::format(" {}: {} is not above the value before it; give them ascending",
                             shown(words), shown(word)));
    }
    values.push_back(value);
  }
  if (values.size() < 2 || values.size() > most_values) {
    wrong_word("--to",
               fmt::format(" {}: {} of 2 to {} values", shown(words), values.size(), most_values));
  }
  return values;
}

Rational least_distance(const std::vector<Rational>& values) {
  Rational least = values.back() - values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    least = std::min(least, Rational(values[i] - values[i - 1]));
  }
  return least;
}

Rational gap_of(const GivenOptions& given, const Rational& distance) {
  const Rational gap = number_word("--gap", given.one("gap"));
  if (gap > 0 && 2 * gap < distance) return gap;
  wrong_word(
      "--gap",
      fmt::format(" {}: must be above 0 and below half of the least distance of two values, {}",
                  shown(given.one("gap")), Rational(distance / 2).str()));
}

Rational error_of(const GivenOptions& given, const Rational& distance) {
  const Rational error = number_word("--error", given.one("error"));
  if (error >= power_of_two(least_error_log2) * distance && 2 * error < distance) return error;
  wrong_word("--error", fmt::format(" {}: must be from 2^{} of the least distance of two values, "
                                    "which is {}, to below a half of it",
                                    shown(given.one("error")), least_error_log2, distance.str()));
}

// Between them the function turns from a value to the next.
std::vector<Rational> middles_of(const std::vector<Rational>& values) {
  std::vector<Rational> middles;
  for (std::size_t i = 1; i < values.size(); ++i) {
    middles.push_back((values[i - 1] + values[i]) / 2);
  }
  return middles;
}

Domain domain_of(const GivenOptions& given, const std::vector<Rational>& middles,
                 const Rational& gap) {
  const std::string& word = given.one("domain");
  const Interval whole = domain_words("--domain", {word}).front();
  if (whole.lower >= middles.front() - gap || whole.upper <= middles.back() + gap) {
    wrong_word("--domain",
               fmt::format(" {}: must begin below {}, where the first value ends, and "
                           "end above {}, where the last one begins; or leave values out",
                           shown(word), Rational(middles.front() - gap).str(),
                           Rational(middles.back() + gap).str()));
  }
  Domain domain;
  Rational lower = whole.lower;
  for (const Rational& middle : middles) {
    domain.push_back({lower, middle - gap});
    lower = middle + gap;
  }
  domain.push_back({lower, whole.upper});
  return domain;
}

// Half of each jump by a sign.
std::string function_of(const std::vector<Rational>& values, const std::vector<Rational>& middles) {
  std::string text = "(" + Rational((values.front() + values.back()) / 2).str() + ")";
  for (std::size_t i = 0; i < middles.size(); ++i) {
    text += fmt::format(" + ({}) * sign(x - ({}))", Rational((values[i + 1] - values[i]) / 2).str(),
                        middles[i].str());
  }
  return text;
}

}  // namespace

SteppedRequest quantise_request(const GivenOptions& given) {
  SteppedRequest request;
  request.kind = Kind::minimax;
  request.values = values_of(given.one("to"));
  const Rational distance = least_distance(request.values);
  const std::vector<Rational> middles = middles_of(request.values);
  request.whole.domain = domain_of(given, middles, gap_of(given, distance));
  request.whole.target = function_word("--to", function_of(request.values, middles));
  request.error = error_of(given, distance);
  request.max_key_switches = most_key_switches(given);
  if (given.has("max-degree")) {
    request.max_degree =
        whole_word("--max-degree", given.one("max-degree"), 3, highest_planned_degree);
  }
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  request.plan = plan_settings(given);
  return request;
}

}  // namespace equiripple
