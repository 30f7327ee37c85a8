// What no binary64 number holds is refused.
#include "emit/request/exponential_words.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"
#include "generator/steps/exponential.hpp"

namespace equiripple {
namespace {

// exp of these is a normal binary64 number; chosen: whole numbers next to the last that are.
constexpr int highest_argument = 709;
constexpr int lowest_argument = -708;

Rational error_of(const GivenOptions& given) {
  const std::string& word = given.one("error");
  const Rational error = number_word("--error", word);
  const bool relative = given.has("relative");
  const Rational most = relative ? Rational(1) : power_of_two(64);
  const Rational least = power_of_two(-200);  // chosen: far below what binary64 coefficients reach
  if (error < least || error >= most) {
    wrong_word("--error", fmt::format(" {}: must be from 2^-200 to below {}", shown(word),
                                      relative ? "1; it is relative to exp(x)" : "2^64"));
  }
  return error;
}

Domain domain_of(const GivenOptions& given) {
  const std::string& word = given.one("domain");
  Domain domain = domain_words("--domain", {word});
  if (domain.front().upper > highest_argument) {
    wrong_word("--domain", fmt::format(" {}: exp(x) is too large for a binary64 number above {}",
                                       shown(word), highest_argument));
  }
  if (given.has("relative") && domain.front().lower < lowest_argument) {
    wrong_word(
        "--relative",
        fmt::format(" with --domain {}: no binary64 number holds exp(x) to a relative error below "
                    "{}; leave --relative out, or take a smaller domain",
                    shown(word), lowest_argument));
  }
  return domain;
}

}  // namespace

SteppedRequest exponential_request(const GivenOptions& given) {
  SteppedRequest request;
  request.kind = Kind::exp;
  request.error = error_of(given);
  const WeightChoice weight{.expression = {}, .relative = given.has("relative")};
  const Domain domain = domain_of(given);
  request.whole = {.target = function_word("--function", "exp(x)"), .domain = domain};
  if (weight.relative) request.whole.weight = function_word("--relative", "1/exp(x)");
  request.metric = metric_of(weight);
  if (given.has("squarings")) {
    request.squarings = whole_word("--squarings", given.one("squarings"), 0, most_squarings);
  }
  request.max_key_switches = most_key_switches(given);
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  request.plan = plan_settings(given);
  return request;
}

}  // namespace equiripple
