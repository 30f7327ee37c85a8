// Every way to approximate an activation that the survey compares: what it is called, where it
// comes from, and how its artifact is made.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "emit/make/make.hpp"
#include "emit/plan/settings.hpp"
#include "emit/request/ckks_words.hpp"
#include "emit/request/given_options.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

struct SurveyRequest {
  std::string activation;         // "relu", or a function of x
  Expression function{};          // that
  std::string range;              // |x| is at most this: an exact number above 0
  Rational reach{};               // that number
  std::string data{};             // the path of a file of samples; may be empty
  std::vector<double> samples{};  // of that file
  std::string ckks{};             // the parameters of the simulation, in words
  CkksParameters parameters{};    // as these say
  PlanSettings plan{};
  FileReader read{};  // of that file
};

/// In the words of survey_command().
[[nodiscard]] Outcome<SurveyRequest> survey_request(const std::vector<RequestOption>& words,
                                                    const FileReader& read);

struct SurveyMethod {
  std::string name;            // "minimax composite, 7 bits"
  std::string source;          // a key of generator/REFERENCES.md, or empty
  std::function<Made()> make;  // as the command that it stands for
};

/// All that apply: for ReLU the baselines of papers and the compositions of sign as well.
[[nodiscard]] std::vector<SurveyMethod> survey_methods(const SurveyRequest& request);

}  // namespace equiripple
