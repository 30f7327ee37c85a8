// The four files of MNIST from a folder, checked against each other.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace equiripple::study {

/// Images as columns of pixels from 0 to 255, each with its label from 0 to 9.
struct DigitSet {
  Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic> pixels;
  std::vector<int> labels;
  Eigen::Index count() const { return pixels.cols(); }
};

struct Digits {
  DigitSet training;
  DigitSet test;
};

/// Throws Failure, with the file and what would be right.
[[nodiscard]] Digits read_digits(const std::string& folder);

/// The first `count` of a set.
[[nodiscard]] DigitSet first_of(const DigitSet& set, Eigen::Index count);

}  // namespace equiripple::study
