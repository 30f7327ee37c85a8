#include "emit/request/mod1.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>

#include "emit/failure.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/words.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {

namespace {

constexpr int most_doublings = 30;  // chosen: the cosine is all but constant by then

int doublings_word(const std::string& word) {
  return whole_word("--double-angle", word, 0, most_doublings);
}

Expression expression(const std::string& text) { return function_word("mod1", text); }

std::string angle_text(int doublings) { return fmt::format("2*pi*(x - 1/4)/2^{}", doublings); }

}  // namespace

MinimaxRequest mod1_problem(const Mod1Words& words) {
  constexpr int largest_range = 1024;  // chosen: dense secrets need as much
  const int range = whole_word("--range", words.range, 1, largest_range);
  const int doublings = doublings_word(words.double_angle);
  const Rational width = number_word("--width", words.width);
  if (width <= 0 || width >= Rational(1, 2)) {
    wrong_request(fmt::format("--width '{}': must be above 0 and below 1/2", words.width));
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

SteppedRequest mod1_inside_request(const GivenOptions& given) {
  if (given.one("doublings") != "inside") {
    wrong_request(
        fmt::format("--doublings {}: must be 'inside'; without it they are left to who "
                    "takes the cosine",
                    shown(given.one("doublings"))));
  }
  for (const char* other : {"coefficient-unit", "tightness"}) {
    if (given.has(other)) wrong_request(fmt::format("--{}: not with --doublings inside", other));
  }
  if (given.one("coefficient-bits") != std::to_string(binary64_bits)) {
    wrong_request("--coefficient-bits: not with --doublings inside, which makes a program");
  }
  SteppedRequest request;
  request.kind = Kind::minimax;
  request.whole =
      mod1_problem({.range = given.one("range"), .width = given.one("width"), .double_angle = "0"});
  request.doublings = doublings_word(given.one("double-angle"));
  const Rational quarter(1, 4);
  if (const Interval& last = request.whole.domain.back();
      last.upper - floor_of(last.upper) >= quarter) {
    wrong_request(fmt::format("--width {}: must be below 1/4 with --doublings inside",
                              shown(given.one("width"))));
  }
  if (!given.has("degree") && !given.has("error")) {
    wrong_request("--degree or --error is required");
  }
  if (given.has("degree")) {
    request.degree = whole_word("--degree", given.one("degree"), 1, highest_degree);
  }
  request.error = Rational(std::numeric_limits<double>::max());
  if (given.has("error")) {
    request.error = number_word("--error", given.one("error"));
    if (request.error <= 0) {
      wrong_request(fmt::format("--error {}: must be above 0", shown(given.one("error"))));
    }
  }
  request.plan = plan_settings(given);
  return request;
}

}  // namespace equiripple
