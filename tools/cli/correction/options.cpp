// Each word by itself, then what does not go together.
#include "tools/cli/correction/options.hpp"

#include <fmt/format.h>

#include "emit/plan/corrections.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/words.hpp"

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

void check_together(const CorrectionRequest& request, const CorrectionOptions& options) {
  if (request.degree && !options.max_degree.empty()) {
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

void add_correction_options(const Command& command, CorrectionOptions& options) {
  command
      .add_option("--domain", options.domain, "0 < a < b; ends are exact: 1/4, 2^-20, 0x1p-30, 0.1")
      .type_name("[a,b]");
  command
      .add_option("--error", options.error, "the error, relative to the function, is at most this")
      .type_name("NUMBER");
  command
      .add_option("--degree", options.degree,
                  "of the start, 1 to 127; default: what suits is searched")
      .type_name("N");
  command
      .add_option("--corrections", options.corrections,
                  fmt::format("how many follow the start, 0 to {}; default: what suits is searched",
                              most_corrections))
      .type_name("N");
  command
      .add_option("--max-key-switches", options.max_key_switches,
                  "the key switches that the plan may take")
      .type_name("N");
  command
      .add_option("--max-degree", options.max_degree,
                  "of the start in the search, up to 127; default: 63")
      .type_name("N");
}

CorrectionRequest correction_request(Kind kind, const CorrectionOptions& options) {
  CorrectionRequest request{.kind = kind, .start = start_of(kind, options.domain)};
  if (!options.error.empty()) {
    request.error = number_word("--error", options.error);
    if (*request.error <= 0 || *request.error >= 1) {
      wrong_request(
          fmt::format("--error {}: must be above 0 and below 1; it is relative to the "
                      "function",
                      shown(options.error)));
    }
  }
  if (!options.degree.empty()) {
    request.degree = whole_word("--degree", options.degree, 1, highest_start);
  }
  if (!options.corrections.empty()) {
    request.corrections = whole_word("--corrections", options.corrections, 0, most_corrections);
  }
  if (!options.max_key_switches.empty()) {
    constexpr int most_key_switches = 100'000;  // chosen: far above every plan
    request.max_key_switches =
        whole_word("--max-key-switches", options.max_key_switches, 1, most_key_switches);
  }
  if (!options.max_degree.empty()) {
    request.max_degree = whole_word("--max-degree", options.max_degree, 1, highest_start);
  }
  request.plan = plan_settings(options.plan);
  check_together(request, options);
  return request;
}

void record(const CorrectionOptions& options, RequestRecord& request) {
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) request.options.push_back({flag, {tidy(word)}});
  };
  keep("domain", options.domain);
  keep("error", options.error);
  keep("degree", options.degree);
  keep("corrections", options.corrections);
  keep("max-key-switches", options.max_key_switches);
  keep("max-degree", options.max_degree);
  record(options.plan, request);
}

}  // namespace equiripple
