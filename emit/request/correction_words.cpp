// Each word by itself, then what does not go together.
#include "emit/request/correction_words.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

constexpr int highest_start = 127;  // chosen: dense, planned in seconds

MinimaxRequest start_of(Kind kind, const std::string& word) {
  if (word.empty()) {
    wrong_request("--domain is missing: an interval [a,b] with 0 < a < b, as '[2^-8,1]'");
  }
  const Domain domain = domain_words("--domain", {word});
  if (domain.front().lower <= 0) {
    wrong_request(fmt::format(
        "--domain {}: {} needs a domain with 0 < a < b{}", shown(word), corrected_function(kind),
        kind == Kind::sqrt ? "; polynomials have no error relative to sqrt(x) towards 0"
                           : ", as '[2^-8,1]'"));
  }
  const WeightChoice weight{.expression = {}, .relative = true};
  return problem_of(function_word("--function", start_function(kind)), weight, domain);
}

void check_together(const CorrectionRequest& request, const GivenOptions& given) {
  if (request.degree && given.has("max-degree")) {
    wrong_request("--max-degree: only without --degree");
  }
  if (request.degree && request.corrections) return;
  if (!request.error && !request.plan.max_levels && !request.max_key_switches) {
    wrong_request(
        "--error is missing: give --error, or a budget (--max-levels, --max-key-switches), or "
        "--degree and --corrections");
  }
}

}  // namespace

CorrectionRequest correction_request(Kind kind, const GivenOptions& given) {
  CorrectionRequest request{.kind = kind, .start = start_of(kind, given.one("domain"))};
  if (given.has("error")) {
    request.error = number_word("--error", given.one("error"));
    if (*request.error <= 0 || *request.error >= 1) {
      wrong_request(
          fmt::format("--error {}: must be above 0 and below 1; it is relative to the "
                      "function",
                      shown(given.one("error"))));
    }
  }
  if (given.has("degree")) {
    request.degree = whole_word("--degree", given.one("degree"), 1, highest_start);
  }
  if (given.has("corrections")) {
    request.corrections =
        whole_word("--corrections", given.one("corrections"), 0, most_corrections);
  }
  request.max_key_switches = most_key_switches(given);
  if (given.has("max-degree")) {
    request.max_degree = whole_word("--max-degree", given.one("max-degree"), 1, highest_start);
  }
  request.plan = plan_settings(given);
  check_together(request, given);
  return request;
}

}  // namespace equiripple
