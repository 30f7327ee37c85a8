// Each word by itself, then what does not go together.
#include "tools/cli/sign/options.hpp"

#include <fmt/format.h>

#include "emit/hexfloat.hpp"
#include "emit/plan/make_plan.hpp"
#include "generator/numbers/power.hpp"
#include "generator/sign/composite.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/file/ckks.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

std::optional<Rational> optional_number(const std::string& flag, const std::string& word) {
  if (word.empty()) return std::nullopt;
  return number_word(flag, word);
}

void check_numbers(const SignRequest& request, const SignOptions& options) {
  if (request.range <= 0) {
    wrong_request(fmt::format("--range '{}': must be above 0", options.range));
  }
  constexpr long largest_log2 = 200;  // chosen: squares stay in binary64
  if (request.range > power_of_two(largest_log2) || request.range < power_of_two(-largest_log2)) {
    wrong_request(fmt::format("--range '{}': must be from 2^-200 to 2^200", options.range));
  }
  if (request.gap && (*request.gap <= 0 || *request.gap >= 1)) {
    wrong_request(fmt::format(
        "--gap '{}': must be above 0 and below 1; it is relative to the range", options.gap));
  }
  if (request.gap && *request.gap < power_of_two(-largest_log2)) {
    wrong_request(fmt::format("--gap '{}': must be at least 2^-200", options.gap));
  }
  if (request.margin && *request.margin < 0) {
    wrong_request(fmt::format("--margin '{}': must be at least 0", options.margin));
  }
  if (request.margin && request.gap && *request.margin > *request.gap) {
    wrong_request(fmt::format("--margin '{}': must not exceed the gap", options.margin));
  }
  if (request.margin && *request.margin >= 1) {
    wrong_request(fmt::format("--margin '{}': must be below 1, where sign is", options.margin));
  }
  if (request.error && *request.error <= 0) {
    wrong_request(fmt::format("--error '{}': must be above 0", options.error));
  }
}

// A single even degree is of the function itself, which has no gap and no later stage.
void check_direct(const SignRequest& request, const SignOptions& options) {
  if (request.degrees.size() != 1 || request.degrees.front() % 2 != 0) return;
  if (!request.is_direct()) {
    wrong_request(fmt::format("--degrees {}: degree {} is even; a sign stage is odd",
                              shown(options.degrees), request.degrees.front()));
  }
  if (request.gap || request.margin) {
    wrong_request(
        fmt::format("--{}: not with an even degree: that is one polynomial of the "
                    "function itself, which has no gap and no later stage",
                    request.gap              ? "gap"
                    : options.margin.empty() ? "ckks"
                                             : "margin"));
  }
}

// What only a search takes, and what it needs.
void check_search(Kind kind, const SignRequest& request, const SignOptions& options) {
  if (!request.is_searched()) {
    if (!options.max_degree.empty()) {
      wrong_request("--max-degree: only without --degrees and --stages");
    }
    return;
  }
  const char* accuracy = covers_gap(kind) ? "--bits" : "--error";
  if (!request.error && !request.plan.max_levels && !request.max_key_switches) {
    wrong_request(
        fmt::format("{0} is missing: give {0}, or a budget (--max-levels, "
                    "--max-key-switches), or --degrees, or --stages",
                    accuracy));
  }
  if (covers_gap(kind) && request.gap) {
    wrong_request(
        "--gap: only with --degrees or --stages; the search for degrees finds the gap that suits");
  }
}

// The noise of ciphertexts as the margin, where it is above what the default allows for.
void widen_for_noise(SignRequest& request, const SignOptions& options) {
  if (options.ckks.empty()) return;
  if (request.margin) wrong_request("--margin and --ckks: give one of them");
  const Rational noise = noise_margin(ckks_word("--ckks", options.ckks));
  if (noise <= default_margin(1)) return;
  if (noise >= (request.gap ? *request.gap : Rational(1, 4))) {
    cannot_be_met(
        fmt::format("--ckks {}: the noise widens every domain by 2^{}, which closes the gap; "
                    "take a larger scale",
                    options.ckks, log2_text(noise, 1, Rounding::down)));
  }
  request.margin = noise;
}

}  // namespace

void add_sign_options(const Command& command, SignOptions& options) {
  command
      .add_option("--degrees", options.degrees,
                  "odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and "
                  "min also one even degree, of a polynomial of the function itself; default: the "
                  "best are searched")
      .type_name("N,N,...");
  command
      .add_option("--stages", options.stages,
                  "published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim "
                  "2020; 13*f1 is the square root iteration of Cheon et al. 2019 for |x|")
      .type_name("[K*]gN|fN,...");
  command.add_option("--range", options.range, "|x| (|a - b| for two inputs) is at most this")
      .type_name("NUMBER")
      .shows_default();
  command
      .add_option("--margin", options.margin,
                  "widens the domain of every later stage on both sides; default: "
                  "min(2^-22, gap * 2^-10)")
      .type_name("NUMBER");
  command
      .add_option("--ckks", options.ckks,
                  "the margin from the noise of these parameters: 'logN=15,scale=2^40'")
      .type_name("PARAMETERS");
  command
      .add_option("--max-key-switches", options.max_key_switches,
                  "the key switches that the plan may take")
      .type_name("N");
  command
      .add_option(
          "--max-degree", options.max_degree,
          "of the polynomials in the search for degrees; default: 63 for the stages of a "
          "composition (127 at most: above 63 the planner is asked for each degree, which takes "
          "some seconds), 1023 for one polynomial of the function itself")
      .type_name("N");
}

SignRequest sign_request(Kind kind, const SignOptions& options) {
  SignRequest request{.kind = kind, .degrees = {}, .gap = {}, .margin = {}, .error = {}};
  if (!options.degrees.empty()) request.degrees = degrees_word("--degrees", options.degrees);
  if (!options.stages.empty()) {
    if (!options.degrees.empty()) wrong_request("--degrees and --stages: give one of them");
    request.published = stages_word("--stages", options.stages);
  }
  request.gap = optional_number("--gap", options.gap);
  request.range = number_word("--range", options.range);
  request.margin = optional_number("--margin", options.margin);
  request.error = optional_number("--error", options.error);
  check_numbers(request, options);
  widen_for_noise(request, options);
  if (!covers_gap(kind) && !request.gap) {
    wrong_request("--gap is missing: the function is approximated for gap * range <= |x|");
  }
  if (!options.bits.empty()) {
    constexpr int most_bits = 1000;  // chosen: far above what binary64 tables reach
    if (request.error) wrong_request("--bits and --error: give one of them");
    request.bits = bits_word("--bits", options.bits, most_bits);
    request.error = power_of_two_below(-*request.bits);
  }
  if (!options.max_key_switches.empty()) {
    constexpr int most_key_switches = 100'000;  // chosen: far above every plan
    request.max_key_switches =
        whole_word("--max-key-switches", options.max_key_switches, 1, most_key_switches);
  }
  if (!options.max_degree.empty()) {
    request.max_degree = whole_word("--max-degree", options.max_degree, 3, highest_planned_degree);
  }
  request.plan = plan_settings(options.plan);
  check_direct(request, options);
  check_search(kind, request, options);
  return request;
}

void record(const SignOptions& options, RequestRecord& request) {
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) request.options.push_back({flag, {tidy(word)}});
  };
  keep("gap", options.gap);
  keep("error", options.error);
  keep("bits", options.bits);
  keep("range", options.range);
  keep("degrees", options.degrees);
  keep("stages", options.stages);
  keep("margin", options.margin);
  keep("ckks", options.ckks);
  keep("max-key-switches", options.max_key_switches);
  keep("max-degree", options.max_degree);
  record(options.plan, request);
}

}  // namespace equiripple
