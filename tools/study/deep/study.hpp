// The study of deep networks: trained with ReLU, then each choice of polynomials in its place.
#pragma once

#include <string>
#include <vector>

#include "tools/study/deep/choices.hpp"
#include "tools/study/encrypted/result.hpp"
#include "tools/study/study.hpp"

namespace equiripple::study {

struct DeepRow {
  DeepChoice choice;
  double accuracy = 0;   // percent of the test images
  double agreement = 0;  // percent of them that get the label that ReLU gives
};

struct DeepSeed {
  std::uint64_t seed = 0;
  double relu_accuracy = 0;
  std::vector<ActivationUse> uses{};
  std::int64_t beyond = 0;  // values of the test images beyond the approximated range
  std::vector<DeepRow> rows{};
};

struct DeepResults {
  int activations = 2;
  int training_images = 0;
  int test_images = 0;
  int epochs = 0;
  std::vector<DeepSeed> seeds{};
  std::string library{};                     // of the encrypted runs; empty where there are none
  std::vector<EncryptedResult> encrypted{};  // of the first seed, as its rows
};

/// Throws Failure. Of the request `activations` and what is common to both studies is read.
[[nodiscard]] DeepResults run_deep_study(const StudyRequest& request,
                                         const StudyProgress& progress);

/// For the terminal.
[[nodiscard]] std::string table_text(const DeepResults& results);

/// All numbers.
[[nodiscard]] std::string json_text(const DeepResults& results);

}  // namespace equiripple::study
