// All methods side by side: what each is off by, and what it costs on ciphertexts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/simulate/ckks.hpp"
#include "emit/survey/methods.hpp"

namespace equiripple {

struct SurveyRow {
  std::string name;
  std::string source;
  std::optional<Artifact> artifact;  // none where the method has no answer: `obstacle` says why
  std::string obstacle{};
  double largest_error = 0;      // proved, in units of the activation
  double root_mean_square = 0;   // over the samples, or over the range evenly; measured
  double latency = 0;            // by the request's table of costs; 0 without a plan
  std::optional<double> bits{};  // -log2 of the largest error on ciphertexts over the range;
                                 // none where noise or size leave nothing. Simulated
};

struct Survey {
  SurveyRequest request;
  std::vector<SurveyRow> rows{};
};

/// This thread's observer is told each method's name before it is made, and may end the survey.
[[nodiscard]] Survey make_survey(const SurveyRequest& request);

/// The approximation as a function of x in double; x inside the range.
[[nodiscard]] std::function<double(double)> value_of(const Artifact& artifact);

/// The activation itself.
[[nodiscard]] std::function<double(double)> value_of_activation(const SurveyRequest& request);

/// Three digits, rounded up.
[[nodiscard]] std::string largest_error_text(const SurveyRow& row);
[[nodiscard]] std::string survey_table(const Survey& survey);
[[nodiscard]] Json survey_json(const Survey& survey);

}  // namespace equiripple
