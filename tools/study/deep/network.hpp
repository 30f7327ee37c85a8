// Networks of several activations: the convolution of the study, then fully connected layers.
//
// Activation 0 follows the convolution, activation i the i-th fully connected layer, and the last
// layer gives the scores: k activations have k fully connected layers.
#pragma once

#include <functional>
#include <vector>

#include "tools/study/training.hpp"

namespace equiripple::study {

inline constexpr int hidden = 32;  // neurons of a layer between; chosen: a power of 2

struct DeepNetwork {
  Matrix kernels;                 // maps x taps
  Vector shifts;                  // of the maps
  std::vector<Matrix> weights{};  // outputs x inputs; those of the first: position * maps + map
  std::vector<Vector> offsets{};

  int activations() const { return static_cast<int>(weights.size()); }
};

/// Small random weights; 1 activation or more.
[[nodiscard]] DeepNetwork random_deep_network(int activations, std::uint64_t seed);

/// What stands in the place of an activation: of its number, and the values before it.
using Activate = std::function<Matrix(int activation, const Matrix& values)>;

[[nodiscard]] Matrix relu_of(int activation, const Matrix& values);

/// Scores of the classes, a column an image; `patches` as of patches_of.
[[nodiscard]] Matrix scores_of(const DeepNetwork& network, const Matrix& patches,
                               const Activate& activate);

struct DeepGradient {
  double loss = 0;  // mean cross entropy and weight_decay / 2 times the squares of the weights
  DeepNetwork gradient;
};

/// With ReLU.
[[nodiscard]] DeepGradient loss_gradient(const DeepNetwork& network, const Matrix& patches,
                                         const std::vector<int>& labels, double weight_decay);

/// As train() of the network with one activation, with a third of the rate for each more.
[[nodiscard]] DeepNetwork train(const DigitSet& set, int activations,
                                const TrainingRequest& request,
                                const std::function<void(int epoch, double loss)>& progress = {});

/// What comes into an activation, and what its errors do.
struct ActivationUse {
  double largest = 0;  // absolute value over the training images
  double weight = 0;   // the change of the scores for each unit of error: see measured_use
};

/// Ranges over all images; weights by finite differences over the first thousand: errors of one
/// size and random signs after one activation, the largest change among the scores of an image, the
/// mean over the images; likewise with equal signs, and of the two the larger.
[[nodiscard]] std::vector<ActivationUse> measured_use(const DeepNetwork& network,
                                                      const DigitSet& training);

}  // namespace equiripple::study
