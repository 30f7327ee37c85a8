// Each word by itself, then what does not go together.
#include "emit/request/sign_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/request/ckks_words.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"
#include "generator/numbers/power.hpp"
#include "generator/search/direct_search.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {
namespace {

std::optional<Rational> optional_number(const GivenOptions& given, const std::string& option) {
  if (!given.has(option)) return std::nullopt;
  return number_word("--" + option, given.one(option));
}

void check_numbers(const SignRequest& request, const GivenOptions& given) {
  if (request.range <= 0) {
    wrong_word("--range", fmt::format(" '{}': must be above 0", given.one("range")));
  }
  constexpr long largest_log2 = 200;  // chosen: squares stay in binary64
  if (request.range > power_of_two(largest_log2) || request.range < power_of_two(-largest_log2)) {
    wrong_word("--range", fmt::format(" '{}': must be from 2^-200 to 2^200", given.one("range")));
  }
  if (request.gap && (*request.gap <= 0 || *request.gap >= 1)) {
    wrong_word("--gap",
               fmt::format(" '{}': must be above 0 and below 1; it is relative to the range",
                           given.one("gap")));
  }
  if (request.gap && *request.gap < power_of_two(-largest_log2)) {
    wrong_word("--gap", fmt::format(" '{}': must be at least 2^-200", given.one("gap")));
  }
  if (request.margin && *request.margin < 0) {
    wrong_word("--margin", fmt::format(" '{}': must be at least 0", given.one("margin")));
  }
  if (request.margin && request.gap && *request.margin > *request.gap) {
    wrong_word("--margin", fmt::format(" '{}': must not exceed the gap", given.one("margin")));
  }
  if (request.margin && *request.margin >= 1) {
    wrong_word("--margin",
               fmt::format(" '{}': must be below 1, where sign is", given.one("margin")));
  }
  if (request.error && *request.error <= 0) {
    wrong_word("--error", fmt::format(" '{}': must be above 0", given.one("error")));
  }
}

// A single even degree is of the function itself, which has no gap and no later stage.
void check_direct(const SignRequest& request, const GivenOptions& given) {
  if (request.degrees.size() != 1 || request.degrees.front() % 2 != 0) return;
  if (!request.is_direct()) {
    wrong_word("--degrees", fmt::format(" {}: degree {} is even; a sign stage is odd",
                                        shown(given.one("degrees")), request.degrees.front()));
  }
  if (request.gap || request.margin) {
    wrong_word(
        request.gap            ? "--gap"
        : !given.has("margin") ? "--ckks"
                               : "--margin",
        ": not with an even degree: that is one polynomial of the function itself, which has "
        "no gap and no later stage");
  }
}

// The gap of ReLU's sign is that of least error, found on curves of every stage.
void check_gap_can_be_found(const SignRequest& request, const GivenOptions& given) {
  constexpr int highest =
      1023;  // chosen: a curve takes a minute at 1700, and double ends soon after
  if (!covers_gap(request.kind) || request.gap || request.degrees.empty()) return;
  if (request.is_direct()) return;
  const int degree = std::ranges::max(request.degrees);
  if (degree <= highest) return;
  wrong_word("--degrees",
             fmt::format(" {}: without --gap stages have degrees up to {}, not {}; an even degree "
                         "alone is one polynomial of the function itself",
                         shown(given.one("degrees")), highest, degree));
}

// What only a search takes, and what it needs.
void check_search(Kind kind, const SignRequest& request, const GivenOptions& given) {
  if (!request.is_searched()) {
    for (const std::string name : {"max-degree", "any-reach"}) {
      if (given.has(name)) wrong_word("--" + name, ": only without --degrees and --stages");
    }
    return;
  }
  const char* accuracy = covers_gap(kind) ? "--bits" : "--error";
  if (!request.error && !request.plan.max_levels && !request.max_key_switches) {
    const bool may_be_given = option_named(given.command(), "degrees") != nullptr;
    wrong_word(accuracy,
               fmt::format(" is missing: give {}, or a budget (--max-levels, --max-key-switches){}",
                           accuracy, may_be_given ? ", or --degrees, or --stages" : ""));
  }
  if (covers_gap(kind) && request.gap) {
    wrong_word(
        "--gap",
        ": only with given degrees or stages; the search for degrees finds the gap that suits");
  }
}

// The same function on a wider range: the gap stays where it is, and the error of ReLU, which is
// divided by the range, as large as it was.
void extend(SignRequest& request, const GivenOptions& given) {
  if (!given.has("beyond")) return;
  const Rational factor = beyond_word(given.one("beyond"));
  request.range *= factor;
  if (request.gap) *request.gap /= factor;
  if (request.error && covers_gap(request.kind)) *request.error /= factor;
}

// The noise of ciphertexts as the margin, where it is above what the default allows for.
void widen_for_noise(SignRequest& request, const GivenOptions& given) {
  if (!given.has("ckks")) return;
  if (request.margin) wrong_word("--margin", " and --ckks: give one of them");
  const Rational noise = noise_margin(ckks_word("--ckks", given.one("ckks")));
  if (noise <= default_margin(1)) return;
  if (noise >= (request.gap ? *request.gap : Rational(1, 4))) {
    throw Failure(about(
        "--ckks", fmt::format(" {}: the noise widens every domain by 2^{}, which closes the gap; "
                              "take a larger scale",
                              given.one("ckks"), log2_text(noise, 1, Rounding::down))));
  }
  request.margin = noise;
}

}  // namespace

SignRequest sign_request(Kind kind, const GivenOptions& given, bool prices_everything) {
  SignRequest request{.kind = kind, .degrees = {}, .gap = {}, .margin = {}, .error = {}};
  if (given.has("degrees")) request.degrees = degrees_word("--degrees", given.one("degrees"));
  if (given.has("stages")) {
    if (given.has("degrees")) wrong_word("--degrees", " and --stages: give one of them");
    request.published = stages_word("--stages", given.one("stages"));
  }
  request.gap = optional_number(given, "gap");
  request.range = number_word("--range", given.one("range"));
  request.margin = optional_number(given, "margin");
  request.error = optional_number(given, "error");
  check_numbers(request, given);
  widen_for_noise(request, given);
  if (given.has("domain")) wrong_word("--domain", ": only with --threshold; --range says how far");
  if (!covers_gap(kind) && !request.gap) {
    wrong_word("--gap", " is missing: the function is approximated for gap * range <= |x|");
  }
  if (given.has("bits")) {
    constexpr int most_bits = 1000;  // chosen: far above what binary64 tables reach
    if (request.error) wrong_word("--bits", " and --error: give one of them");
    request.bits = bits_word("--bits", given.one("bits"), most_bits);
    request.error = power_of_two_below(-*request.bits);
  }
  check_gap_can_be_found(request, given);
  extend(request, given);
  request.max_key_switches = most_key_switches(given);
  if (given.has("max-degree")) {
    request.max_degree =
        whole_word("--max-degree", given.one("max-degree"), 3, highest_searched_direct);
  }
  request.any_reach = given.has("any-reach");
  request.plan = plan_settings(given, prices_everything);
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  check_direct(request, given);
  check_search(kind, request, given);
  return request;
}

}  // namespace equiripple
