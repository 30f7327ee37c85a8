// A command of the table, and the function that poses its requests.
#include "emit/request/request.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "emit/failure.hpp"
#include "emit/makes.hpp"
#include "emit/points.hpp"
#include "emit/request/activation_words.hpp"
#include "emit/request/approximate_words.hpp"
#include "emit/request/condition_words.hpp"
#include "emit/request/correction_words.hpp"
#include "emit/request/density.hpp"
#include "emit/request/exponential_words.hpp"
#include "emit/request/fit_words.hpp"
#include "emit/request/mod1.hpp"
#include "emit/request/piecewise_words.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/polynomial_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/quantise_words.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/sign_words.hpp"
#include "emit/request/slots_words.hpp"
#include "emit/request/threshold_words.hpp"
#include "emit/request/words.hpp"
#include "generator/function/suggestion.hpp"

namespace equiripple {
namespace {

const CommandRow& command_of(const RequestRecord& words) {
  if (const CommandRow* row = request_command_named(words.command)) return *row;
  std::vector<std::string> known;
  for (const CommandRow& row : request_commands()) known.push_back(row.name);
  wrong_request(fmt::format("{} is no command that makes a function{}; known: {}",
                            shown(words.command), suggestion(words.command, known),
                            fmt::join(known, ", ")));
}

// The outermost ends as far from the middle as --beyond says.
Domain asked_domain(const GivenOptions& given) {
  Domain domain = domain_words("--domain", given.all("domain"));
  if (!given.has("beyond")) return domain;
  const Rational factor = beyond_word(given.one("beyond"));
  const Interval range = hull(domain);
  const Rational middle = (range.lower + range.upper) / 2;
  domain.front().lower = middle - (middle - range.lower) * factor;
  domain.back().upper = middle + (range.upper - middle) * factor;
  return domain;
}

PolynomialRequest minimax_request(const GivenOptions& given) {
  WeightChoice weight{.expression = given.one("weight"), .relative = given.has("relative")};
  const Expression function = function_word("--function", given.one("function"));
  const Domain domain = asked_domain(given);
  const auto density = density_words(given, domain);
  if (density && (weight.relative || !weight.expression.empty())) {
    wrong_word("--density", " is a weight: give it, or --weight, or --relative");
  }
  if (density) weight.expression = density->words;
  const bool is_weighted = !weight.expression.empty();
  std::vector<PointCondition> given_at;
  if (weight.relative) given_at = zeros_in_words(given, function, domain);
  if (is_weighted) given_at = points_in_words(given, function, domain);
  PolynomialRequest request{.problem = required(problem_of(function, weight, domain, given_at))};
  request.density = density;
  request.metric = metric_of(weight);
  request.problem.precision_bits =
      whole_word("--precision-bits", given.one("precision-bits"), 0, highest_bits);
  request.plan = plan_settings(given);
  apply(given, request);
  apply_conditions(given, request);
  return request;
}

PolynomialRequest mod1_request(const GivenOptions& given) {
  if (given.has("max-key-switches")) {
    wrong_word("--max-key-switches", ": only with --arcsine or --doublings inside");
  }
  PolynomialRequest request{.problem = mod1_problem({.range = given.one("range"),
                                                     .width = given.one("width"),
                                                     .double_angle = given.one("double-angle")})};
  request.plan = plan_settings(given);
  apply(given, request);
  return request;
}

Request read_request(const RequestRecord& words, const FileReader& read) {
  const CommandRow& command = command_of(words);
  auto [typed, points] = parted_options(words);
  const GivenOptions given(command, typed, read);
  Request request{.record = {.command = command.name, .options = given.recorded()}, .posed = {}};
  if (command.name == "minimax") {
    PolynomialRequest posed = minimax_request(given);
    for (RequestOption& option : request.record.options) {
      if (option.name == "density") option.values = {tidy(posed.density->words)};
    }
    request.posed = std::move(posed);
  } else if (command.name == "mod1") {
    if (given.has("doublings") || given.has("arcsine")) {
      request.posed = mod1_inside_request(given);
    } else {
      request.posed = mod1_request(given);
    }
  } else if (command.name == "approximate") {
    ApproximationRequest posed = approximation_request(given);
    for (RequestOption& option : request.record.options) {  // the numbers, not where they stood
      if (option.name == "coefficients") option.values = {posed.table_words};
      if (option.name == "density") option.values = {tidy(posed.density_words->words)};
    }
    request.posed = std::move(posed);
  } else if (command.name == "activation") {
    request.posed = activation_request(given);
  } else if (command.name == "piecewise") {
    request.posed = piecewise_request(given);
  } else if (command.name == "indicator") {
    request.posed = indicator_request(given);
  } else if (command.name == "quantise") {
    request.posed = quantise_request(given);
  } else if (command.name == "fit") {
    FitRequest fit = fit_request(given, points);
    if (points.empty()) points = point_record(fit.data.words);
    request.record.options.insert(request.record.options.end(), points.begin(), points.end());
    request.posed = std::move(fit);
  } else {
    const Kind kind = command.name == both_of_two ? Kind::max : *kind_named(command.name);
    if (is_corrected(kind)) {
      request.posed = correction_request(kind, given);
    } else if (kind == Kind::exp) {
      request.posed = exponential_request(given);
    } else if (is_of_slots(kind)) {
      request.posed = slots_request(kind, given);
    } else if (has_threshold(given)) {
      request.posed = threshold_request(kind, given);
      if (given.has("domain")) {  // the range that holds otherwise is none of this request
        std::erase_if(request.record.options,
                      [](const RequestOption& option) { return option.name == "range"; });
      }
    } else {
      request.posed = sign_request(kind, given);
    }
  }
  return request;
}

}  // namespace

Outcome<Request> request_of(const RequestRecord& words, const FileReader& read) {
  return read_words([&] { return read_request(words, read); });
}

PlanSettings& plan_of(Request& request) {
  return std::visit([](auto& posed) -> PlanSettings& { return posed.plan; }, request.posed);
}

std::optional<RefreshRequest> refresh_of(const PosedRequest& request) {
  return std::visit(
      [](const auto& posed) -> std::optional<RefreshRequest> {
        if constexpr (requires { posed.refresh; }) return posed.refresh;
        return std::nullopt;
      },
      request);
}

}  // namespace equiripple
