// Every way to approximate an activation that the survey compares: what it is called, where it
// comes from, and how its artifact is made.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/plan/settings.hpp"

namespace equiripple {

struct SurveyRequest {
  std::string activation;         // "relu", or a function of x
  std::string range;              // |x| is at most this: an exact number above 0
  std::string data;               // the path of a file of samples; may be empty
  std::vector<double> samples{};  // of that file
  PlanSettings plan{};
};

struct SurveyMethod {
  std::string name;                // "minimax composite, 7 bits"
  std::string source;              // a key of generator/REFERENCES.md, or empty
  std::function<Artifact()> make;  // fails like the command that it stands for
};

/// All that apply: for ReLU the baselines of papers and the compositions of sign as well.
[[nodiscard]] std::vector<SurveyMethod> survey_methods(const SurveyRequest& request);

/// The activation as a function of x.
[[nodiscard]] std::string activation_function(const std::string& activation);

}  // namespace equiripple
