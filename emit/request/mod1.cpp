#include "emit/request/mod1.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>

#include "emit/failure.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/words.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {

namespace {

constexpr const char* searched = "auto";

int doublings_word(const std::string& word) {
  return whole_word("--double-angle", word, 0, most_doublings);
}

Expression expression(const std::string& text) { return function_word("mod1", text); }

// None where it is searched.
std::optional<int> arcsine_word(const std::string& word) {
  constexpr int highest = 255;  // chosen: far above what pays
  if (word == searched) return std::nullopt;
  const int degree = whole_word("--arcsine", word, 1, highest);
  if (degree % 2 == 0) {
    wrong_word("--arcsine", fmt::format(" {}: the arcsine is odd, so is its degree", shown(word)));
  }
  return degree;
}

void require_words_of_inside(const GivenOptions& given) {
  const bool reduces = given.has("arcsine");
  const char* form = reduces ? "--arcsine" : "--doublings inside";
  if (given.has("doublings") && given.one("doublings") != "inside") {
    wrong_word("--doublings", fmt::format(" {}: must be 'inside'; without it they are left to who "
                                          "takes the cosine",
                                          shown(given.one("doublings"))));
  }
  for (const std::string other : {"coefficient-unit", "tightness"}) {
    if (given.has(other)) wrong_word("--" + other, fmt::format(": not with {}", form));
  }
  if (given.one("coefficient-bits") != std::to_string(binary64_bits)) {
    wrong_word("--coefficient-bits", fmt::format(": not with {}, which makes a program", form));
  }
  if (given.one("double-angle") != searched) return;
  if (!reduces) wrong_word("--double-angle", " auto: only with --arcsine");
  if (given.has("degree")) wrong_word("--double-angle", " auto: not with --degree");
}

std::string angle_text(int doublings) { return fmt::format("2*pi*(x - 1/4)/2^{}", doublings); }

}  // namespace

MinimaxRequest mod1_problem(const Mod1Words& words) {
  constexpr int largest_range = 1024;  // chosen: dense secrets need as much
  const int range = whole_word("--range", words.range, 1, largest_range);
  const int doublings = doublings_word(words.double_angle);
  const Rational width = number_word("--width", words.width);
  if (width <= 0 || width >= Rational(1, 2)) {
    wrong_word("--width", fmt::format(" '{}': must be above 0 and below 1/2", words.width));
  }
  Domain domain;
  for (int i = 1 - range; i < range; ++i) domain.push_back({i - width, i + width});
  return required(
      problem_of(expression(fmt::format("cos({})", angle_text(doublings))), {}, domain));
}

MinimaxRequest doubled_cosine_problem(const Domain& domain, int doublings) {
  const std::string angle = angle_text(doublings);
  MinimaxRequest problem{.target = expression(fmt::format("cos({})", angle)), .domain = domain};
  if (doublings > 0) problem.weight = expression(fmt::format("1/abs(sin({}))", angle));
  return problem;
}

MinimaxRequest arcsine_problem() {
  return {.target = expression(arcsine_text),
          .domain = {arcsine_basis()},
          .parity = Parity::odd,
          .basis = arcsine_basis()};
}

SteppedRequest mod1_inside_request(const GivenOptions& given) {
  require_words_of_inside(given);
  const std::string doublings = given.one("double-angle");
  SteppedRequest request;
  request.kind = Kind::minimax;
  request.whole =
      mod1_problem({.range = given.one("range"), .width = given.one("width"), .double_angle = "0"});
  ModularRequest& modular = request.modular.emplace();
  modular.is_bounded = given.has("error");
  if (given.has("arcsine")) {
    modular.reduces = true;
    request.whole = required(problem_of(expression("x - round(x)"), {}, request.whole.domain));
    request.whole.parity = parity_of_problem("auto", request.whole);
    modular.arcsine_degree = arcsine_word(given.one("arcsine"));
  }
  if (doublings != searched) modular.doublings = doublings_word(doublings);
  const Rational quarter(1, 4);
  if (const Interval& last = request.whole.domain.back();
      last.upper - floor_of(last.upper) >= quarter) {
    wrong_word("--width", fmt::format(" {}: must be below 1/4 where the sine is made",
                                      shown(given.one("width"))));
  }
  if (!given.has("degree") && !given.has("error")) {
    wrong_word("--degree", " or --error is required");
  }
  if (given.has("degree")) {
    request.degree = whole_word("--degree", given.one("degree"), 1, highest_degree);
  }
  request.error = Rational(std::numeric_limits<double>::max());
  if (given.has("error")) {
    request.error = number_word("--error", given.one("error"));
    if (request.error <= 0) {
      wrong_word("--error", fmt::format(" {}: must be above 0", shown(given.one("error"))));
    }
  }
  request.max_key_switches = most_key_switches(given);
  request.plan = plan_settings(given);
  return request;
}

}  // namespace equiripple
