// A table of what each command records, and the commands' own parsers for the words.
#include "tools/cli/verify/recorded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "emit/describe.hpp"
#include "emit/points.hpp"
#include "tools/cli/approximate/options.hpp"
#include "tools/cli/correction/options.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/polynomial/mod1.hpp"
#include "tools/cli/polynomial/options.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/sign/options.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

enum class Arity : unsigned char { flag, one, many };

struct RecordedOption {
  std::string name;
  Arity arity = Arity::one;
};

using OptionList = std::vector<RecordedOption>;

OptionList with_plan(OptionList options) {
  options.insert(options.end(), {{"minimise"},
                                 {"level-price"},
                                 {"max-levels"},
                                 {"model"},
                                 {"max-growth"},
                                 {"no-absorption", Arity::flag}});
  return options;
}

OptionList of_polynomial(OptionList options) {
  options.insert(
      options.end(),
      {{"degree"}, {"error"}, {"coefficient-bits"}, {"coefficient-unit"}, {"tightness"}});
  return with_plan(std::move(options));
}

OptionList options_of(const std::string& command) {
  if (command == "minimax") {
    return of_polynomial({{"function"},
                          {"domain", Arity::many},
                          {"weight"},
                          {"relative", Arity::flag},
                          {"parity"},
                          {"precision-bits"}});
  }
  if (command == "mod1") return of_polynomial({{"range"}, {"width"}, {"double-angle"}});
  if (command == "approximate") {
    return with_plan({{"method"},
                      {"function"},
                      {"domain", Arity::many},
                      {"degree"},
                      {"error"},
                      {"of"},
                      {"centre"},
                      {"density"},
                      {"data"},
                      {"polynomial"}});
  }
  if (command == "fit") {
    return with_plan({{"data"},
                      {"degree"},
                      {"objective"},
                      {"parity"},
                      {point_count_option},
                      {points_option, Arity::many}});
  }
  const auto kind = kind_named(command);
  if (!kind) return {};
  if (is_corrected(*kind)) {
    return with_plan(
        {{"domain"}, {"error"}, {"degree"}, {"corrections"}, {"max-key-switches"}, {"max-degree"}});
  }
  return with_plan({{"gap"},
                    {covers_gap(*kind) ? "bits" : "error"},
                    {"range"},
                    {"degrees"},
                    {"stages"},
                    {"margin"},
                    {"ckks"},
                    {"max-key-switches"},
                    {"max-degree"}});
}

bool has_arity(const RequestOption& option, Arity arity) {
  switch (arity) {
    case Arity::flag: return option.values.empty();
    case Arity::one: return option.values.size() == 1;
    case Arity::many: return !option.values.empty();
  }
  return false;
}

// The words of an option.
class Words {
 public:
  explicit Words(const RequestRecord& request) : request_(request) {}

  std::vector<std::string> all(const std::string& name) const {
    for (const RequestOption& option : request_.options) {
      if (option.name == name) return option.values;
    }
    return {};
  }

  std::string one(const std::string& name, const std::string& otherwise = {}) const {
    const std::vector<std::string> words = all(name);
    return words.empty() ? otherwise : words.front();
  }

  bool has(const std::string& name) const { return has_option(request_, name); }

 private:
  const RequestRecord& request_;
};

// The table of costs is not at hand.
PlanOptions plan_of(const Words& words) {
  return {.minimise = words.one("minimise"),
          .level_price = words.one("level-price"),
          .max_levels = words.one("max-levels"),
          .max_growth = words.one("max-growth"),
          .no_absorption = words.has("no-absorption")};
}

void apply_words(const Words& words, PolynomialRequest& request) {
  PolynomialOptions options{.degree = words.one("degree"),
                            .error = words.one("error"),
                            .coefficient_unit = words.one("coefficient-unit"),
                            .tightness = words.one("tightness")};
  options.coefficient_bits = words.one("coefficient-bits", options.coefficient_bits);
  request.plan = plan_settings(plan_of(words));
  apply(options, {}, request);
}

PolynomialRequest minimax_request(const Words& words) {
  const WeightChoice weight{.expression = words.one("weight"), .relative = words.has("relative")};
  PolynomialRequest request{.problem =
                                problem_of(function_word("--function", words.one("function")),
                                           weight, domain_words("--domain", words.all("domain")))};
  request.metric = metric_of(weight);
  request.problem.parity = parity_of_problem(words.one("parity", "auto"), request.problem);
  request.problem.precision_bits =
      whole_word("--precision-bits", words.one("precision-bits", "0"), 0, highest_bits);
  apply_words(words, request);
  return request;
}

PolynomialRequest mod1_request(const Words& words) {
  PolynomialRequest request{.problem = mod1_problem({.range = words.one("range"),
                                                     .width = words.one("width"),
                                                     .double_angle = words.one("double-angle")})};
  apply_words(words, request);
  return request;
}

ApproximationRequest approximate_request(const Words& words) {
  return approximation_request({.method = words.one("method"),
                                .function = words.one("function"),
                                .domain = words.all("domain"),
                                .degree = words.one("degree"),
                                .error = words.one("error"),
                                .of = words.one("of"),
                                .centre = words.one("centre"),
                                .density = words.one("density"),
                                .polynomial = words.one("polynomial"),
                                .plan = plan_of(words)});
}

FitRequest fit_request(const Artifact& artifact, const Words& words) {
  auto table = table_of(artifact);
  if (!table.value) wrong_request("the points of the table: " + table.error);
  FitRequest request{
      .data = {.name = words.one("data"), .table = std::move(*table.value), .words = {}}};
  request.degree = whole_word("--degree", words.one("degree"), 0, highest_fit_degree);
  request.objective = fit_objective_word(words.one("objective"));
  request.parity = fit_parity_word(words.one("parity", "auto"), request.data.table);
  request.plan = plan_settings(plan_of(words));
  return request;
}

SignRequest composition_request(Kind kind, const Words& words) {
  SignOptions options{.degrees = words.one("degrees"),
                      .stages = words.one("stages"),
                      .gap = words.one("gap"),
                      .margin = words.one("margin"),
                      .ckks = words.one("ckks"),
                      .error = words.one("error"),
                      .bits = words.one("bits"),
                      .max_key_switches = words.one("max-key-switches"),
                      .max_degree = words.one("max-degree"),
                      .plan = plan_of(words)};
  options.range = words.one("range", options.range);
  return sign_request(kind, options);
}

CorrectionRequest start_request(Kind kind, const Words& words) {
  return correction_request(kind, {.domain = words.one("domain"),
                                   .error = words.one("error"),
                                   .degree = words.one("degree"),
                                   .corrections = words.one("corrections"),
                                   .max_key_switches = words.one("max-key-switches"),
                                   .max_degree = words.one("max-degree"),
                                   .plan = plan_of(words)});
}

}  // namespace

std::string foreign_option(const RequestRecord& request) {
  const OptionList known = options_of(request.command);
  for (const RequestOption& option : request.options) {
    const auto row = std::ranges::find(known, option.name, &RecordedOption::name);
    if (row == known.end() || !has_arity(option, row->arity)) return option.name;
  }
  return {};
}

bool has_option(const RequestRecord& request, const std::string& name) {
  return std::ranges::find(request.options, name, &RequestOption::name) != request.options.end();
}

RecordedRequest recorded_request(const Artifact& artifact) {
  const Words words(artifact.request);
  const std::string& command = artifact.request.command;
  if (command == "minimax") return minimax_request(words);
  if (command == "mod1") return mod1_request(words);
  if (command == "approximate") return approximate_request(words);
  if (command == "fit") return fit_request(artifact, words);
  if (is_corrected(artifact.kind)) return start_request(artifact.kind, words);
  return composition_request(artifact.kind, words);
}

}  // namespace equiripple
