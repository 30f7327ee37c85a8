// All that a run of the study found, and the forms it is told in.
#pragma once

#include <string>
#include <vector>

#include "tools/study/comparison.hpp"
#include "tools/study/encrypted/result.hpp"

namespace equiripple::study {

struct StudyResults {
  std::vector<Method> methods;
  int training_images = 0;
  int test_images = 0;
  int epochs = 0;
  std::vector<SeedResult> seeds;
  std::string library;                     // of the encrypted runs; empty where there are none
  std::vector<EncryptedResult> encrypted;  // with the network of the first seed
};

inline constexpr double relu_survey = 96.60;  // percent, as the survey reports

/// Of one method over the seeds, in percent.
[[nodiscard]] Summary accuracy_of(const StudyResults& results, std::size_t method);
[[nodiscard]] Summary fitted_accuracy_of(const StudyResults& results, std::size_t method);
[[nodiscard]] Summary relu_accuracy(const StudyResults& results);

/// "98.26 +- 0.06"; without a spread for one seed.
[[nodiscard]] std::string percent_text(const Summary& summary);

/// What to know of the inputs of the activations: a sentence or two.
[[nodiscard]] std::string range_text(const StudyResults& results);

/// For the terminal.
[[nodiscard]] std::string table_text(const StudyResults& results);

/// All numbers.
[[nodiscard]] std::string json_text(const StudyResults& results);

}  // namespace equiripple::study
