// The survey for people and for programs.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/words.hpp"
#include "emit/survey/survey.hpp"

namespace equiripple {
namespace {

std::string samples_text(const Survey& survey) {
  const auto& samples = survey.request.samples;
  if (samples.empty()) return "the range, evenly";
  return fmt::format("{} samples, {:.4g} to {:.4g}", samples.size(),
                     *std::ranges::min_element(samples), *std::ranges::max_element(samples));
}

}  // namespace

std::string largest_error_text(const SurveyRow& row) {
  return decimal(Rational(row.largest_error), 3, Rounding::up);
}

std::string survey_table(const Survey& survey) {
  std::size_t width = 0;
  for (const SurveyRow& row : survey.rows) width = std::max(width, row.name.size());
  std::string text = fmt::format(
      "{} for |x| <= {}; root mean square over {}; bits on ciphertexts of {}\n\n"
      "  {:<{}}  largest error       rms  levels  key switches  latency   bits\n",
      activation_function(survey.request.activation), survey.request.range, samples_text(survey),
      survey.request.ckks, "method", width);
  for (const SurveyRow& row : survey.rows) {
    text += fmt::format("  {:<{}}  ", row.name, width);
    if (!row.artifact) {
      text += row.obstacle + "\n";
      continue;
    }
    text += fmt::format("{:>13}  {:>8.3g}", largest_error_text(row), row.root_mean_square);
    if (row.artifact->plan) {
      const PlanCosts& costs = row.artifact->plan->costs;
      text +=
          fmt::format("  {:>6}  {:>12}  {:>7.0f}  {:>5}", costs.levels, costs.key_switches,
                      row.latency, row.bits ? fixed_decimal(*row.bits, 1, Rounding::down) : "none");
    }
    text += "\n";
  }
  return text +
         "\nLargest errors are proved, over all of the range, in units of the function. Bits are "
         "-log2 of the\nlargest error on ciphertexts, noise included, over the range "
         "(simulated).\n";
}

Json survey_json(const Survey& survey) {
  Json rows = Json::array();
  for (const SurveyRow& row : survey.rows) {
    Json one = {{"method", row.name}, {"source", row.source}};
    if (!row.artifact) {
      one["obstacle"] = row.obstacle;
      rows.push_back(one);
      continue;
    }
    Json degrees = Json::array();
    for (const StageRecord& stage : row.artifact->stages) {
      degrees.push_back(stage.polynomial.degree());
    }
    one["command"] = command_line(row.artifact->request);
    one["degrees"] = degrees;
    one["error"] = hexfloat(Rational(row.largest_error));
    one["evidence"] = name_of(row.artifact->claim.error.evidence);
    one["root_mean_square"] = row.root_mean_square;
    if (row.artifact->plan) {
      one["levels"] = row.artifact->plan->costs.levels;
      one["key_switches"] = row.artifact->plan->costs.key_switches;
      one["latency"] = row.latency;
      one["bits"] = row.bits ? Json(*row.bits) : Json();
    }
    rows.push_back(one);
  }
  return {{"format", "equiripple survey"},
          {"version", 1},
          {"activation", activation_function(survey.request.activation)},
          {"range", survey.request.range},
          {"samples", survey.request.samples.size()},
          {"ckks", survey.request.ckks},
          {"methods", rows}};
}

}  // namespace equiripple
