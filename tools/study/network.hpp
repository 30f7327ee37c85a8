// The network of the study: convolution, activation, fully connected layer; softmax in training.
//
// Twelve by twelve positions of a kernel of five by five pixels, two apart, and few maps. One
// activation alone, so that what replaces ReLU is all that differs between methods.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "tools/study/digits.hpp"
#include "tools/study/idx.hpp"
#include "tools/study/random.hpp"

namespace equiripple::study {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

inline constexpr int kernel_side = 5;
inline constexpr int stride = 2;
inline constexpr int taps = kernel_side * kernel_side;
inline constexpr int positions_side = 12;  // (28 - 5) / 2 + 1
inline constexpr int positions = positions_side * positions_side;
inline constexpr int maps = 5;  // as in CryptoNets
inline constexpr int features = positions * maps;

struct Network {
  Matrix kernels;  // maps x taps
  Vector shifts;   // of the maps
  Matrix weights;  // classes x features; feature = position * maps + map
  Vector offsets;  // of the classes
};

/// Small random kernels and weights.
[[nodiscard]] Network random_network(std::uint64_t seed);

/// The pixels under the kernel, from 0 to 1: taps x (images * positions), of images
/// first, ..., first + count - 1.
[[nodiscard]] Matrix patches_of(const DigitSet& set, Eigen::Index first, Eigen::Index count);

/// What comes into the activation: maps x (images * positions).
[[nodiscard]] Matrix convolved(const Network& network, const Matrix& patches);

/// Probabilities from scores, a column an image; without overflow.
[[nodiscard]] Matrix softmax(Matrix scores);

[[nodiscard]] Matrix random_matrix(Random& random, Eigen::Index rows, Eigen::Index columns,
                                   double size);

/// Scores of the classes, a column an image, from the values after the activation.
[[nodiscard]] Matrix scores_of(const Network& network, const Matrix& activated);

/// The class of the largest score of each column.
[[nodiscard]] std::vector<int> labels_of(const Matrix& scores);

/// Percent of labels that are right.
[[nodiscard]] double accuracy(const std::vector<int>& found, const std::vector<int>& right);

struct LossGradient {
  double loss = 0;   // mean cross entropy and weight_decay / 2 times the squares of the weights
  Network gradient;  // of the loss
};

/// With ReLU; `patches` of the images that `labels` belong to.
[[nodiscard]] LossGradient loss_gradient(const Network& network, const Matrix& patches,
                                         const std::vector<int>& labels, double weight_decay);

}  // namespace equiripple::study
