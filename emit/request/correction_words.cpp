// Each word by itself, then what does not go together.
#include "emit/request/correction_words.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

constexpr int highest_start = 127;  // chosen: dense, planned in seconds

std::string needed_domain(Kind kind) {
  if (correction_map(kind) == CorrectionMap::inverse) {
    return "1/x needs a domain without 0, as '[2^-8,1]', or '[-1,-2^-8]' and '[2^-8,1]'";
  }
  return fmt::format("{} needs a domain with 0 < a < b{}", function_of(kind),
                     kind == Kind::sqrt
                         ? "; polynomials have no error relative to sqrt(x) towards 0"
                         : ", as '[2^-8,1]'");
}

// Of roots one interval; of 1/x any that leave 0 out.
MinimaxRequest start_of(Kind kind, const std::vector<std::string>& words) {
  if (words.empty()) {
    wrong_word("--domain", " is missing: an interval [a,b] with 0 < a < b, as '[2^-8,1]'");
  }
  const Domain domain = domain_words("--domain", words);
  for (std::size_t i = 0; i < domain.size(); ++i) {
    const auto& [lower, upper] = domain[i];
    if (lower > 0 || (correction_map(kind) == CorrectionMap::inverse && upper < 0)) continue;
    wrong_word("--domain", fmt::format(" {}: {}", shown(words[i]), needed_domain(kind)));
  }
  const WeightChoice weight{.expression = {}, .relative = true};
  MinimaxRequest start =
      required(problem_of(function_word("--function", start_function(kind)), weight, domain));
  start.parity = parity_of_problem("auto", start);
  return start;
}

void check_together(const CorrectionRequest& request, const GivenOptions& given) {
  if (request.degree && given.has("max-degree")) {
    wrong_word("--max-degree", ": only without --degree");
  }
  if (request.degree && request.corrections) return;
  if (request.refresh && !request.error) {
    wrong_word("--refresh", ": --error is missing: give it, or --degree and --corrections");
  }
  if (!request.error && !request.plan.max_levels && !request.max_key_switches) {
    wrong_word("--error",
               " is missing: give --error, or a budget (--max-levels, --max-key-switches), or "
               "--degree and --corrections");
  }
}

}  // namespace

CorrectionRequest correction_request(Kind kind, const GivenOptions& given) {
  CorrectionRequest request{.kind = kind, .start = start_of(kind, given.all("domain"))};
  if (kind == Kind::divide) {
    if (!given.has("numerator")) {
      wrong_word("--numerator", " is missing: the range of a in a/b, as '[-1,1]'");
    }
    request.numerator = domain_words("--numerator", {given.one("numerator")}).front();
  }
  if (given.has("error")) {
    request.error = number_word("--error", given.one("error"));
    if (*request.error <= 0 || *request.error >= 1) {
      wrong_word("--error", fmt::format(" {}: must be above 0 and below 1; it is relative to the "
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
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  request.plan = plan_settings(given);
  check_together(request, given);
  return request;
}

}  // namespace equiripple
