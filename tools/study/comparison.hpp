// One trained network with each activation in the place of ReLU.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/study/methods.hpp"
#include "tools/study/network.hpp"

namespace equiripple::study {

/// What comes into the activations of a set.
struct RangeUse {
  double largest = 0;  // of the absolute values
  std::int64_t values = 0;
  std::int64_t beyond = 0;      // the range that the activations are approximated on
  std::int64_t beyond_fit = 0;  // the largest of the training data
};

struct MethodScore {
  double accuracy = 0;  // percent of the test images
  /// At the range of the training data: x is replaced by p(s x) / s, where s brings the largest
  /// input of the training data to the end of the range. 0 for methods that depend on no range.
  double fitted_accuracy = 0;
};

struct SeedResult {
  std::uint64_t seed = 0;
  double relu_accuracy = 0;
  RangeUse training;
  RangeUse test;
  std::vector<MethodScore> scores;  // as the methods
};

/// The activation on every value of a matrix.
[[nodiscard]] Matrix activated(const Method& method, const Matrix& values, double scale = 1);

[[nodiscard]] SeedResult compare(const Network& network, const Digits& digits,
                                 const std::vector<Method>& methods, std::uint64_t seed);

struct Summary {
  double mean = 0;
  double spread = 0;  // the standard deviation over the seeds; 0 for one
};

[[nodiscard]] Summary summary_of(const std::vector<double>& values);

}  // namespace equiripple::study
