// A function that is continuous on a symmetric range.
#include "emit/request/activation_words.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

constexpr long largest_range_log2 = 40;  // chosen: folds in double tell the core from 0
constexpr long least_error_log2 = -40;   // chosen: what they are sampled with is far below

Rational range_of(const GivenOptions& given) {
  const Rational range = number_word("--range", given.one("range"));
  if (range > 0 && range <= power_of_two(largest_range_log2)) return range;
  wrong_word("--range", fmt::format(" {}: must be above 0 and at most 2^{}",
                                    shown(given.one("range")), largest_range_log2));
}

}  // namespace

Rational error_of_folds(const GivenOptions& given) {
  const Rational error = number_word("--error", given.one("error"));
  if (error >= power_of_two(least_error_log2)) return error;
  wrong_word("--error", fmt::format(" {}: must be at least 2^{}", shown(given.one("error")),
                                    least_error_log2));
}

SteppedRequest folded_request(const GivenOptions& given, const Rational& error,
                              const Expression& function, const Domain& domain) {
  SteppedRequest request;
  request.kind = Kind::minimax;
  request.folds = true;
  request.error = error;
  request.whole = required(problem_of(function, {}, domain));
  request.whole.parity = parity_of_problem("auto", request.whole);
  request.parity = request.whole.parity;
  request.max_key_switches = most_key_switches(given);
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  request.plan = plan_settings(given);
  return request;
}

SteppedRequest activation_request(const GivenOptions& given) {
  const Rational range = range_of(given);
  const Rational error = error_of_folds(given);
  return folded_request(given, error,
                        function_word("--function", activation_function(given.one("function"))),
                        {{-range, range}});
}

}  // namespace equiripple
