// Training with ReLU: stochastic gradient descent with momentum, in a fixed order for a seed.
#pragma once

#include <cstdint>
#include <functional>

#include "tools/study/network.hpp"

namespace equiripple::study {

struct TrainingRequest {
  std::uint64_t seed = 1;
  int epochs = 8;
  int batch = 64;     // images
  double rate = 0.1;  // of the first step; falls to 0 along a straight line
  double momentum = 0.9;
  double weight_decay = 1e-3;  // keeps what comes into the activation moderate
};

/// Every image once an epoch, in batches of an order that is new for each, at rates that fall from
/// `first_rate` to 0; `take(images, rate)` makes a step and returns the loss before it.
void descend(const DigitSet& set, const TrainingRequest& request, double first_rate,
             const std::function<double(const DigitSet& images, double rate)>& take,
             const std::function<void(int epoch, double loss)>& progress);

/// Equal requests on equal images give equal bits on one machine; `progress(epoch, loss)` is called
/// after each epoch with the mean loss of its batches.
[[nodiscard]] Network train(const DigitSet& set, const TrainingRequest& request,
                            const std::function<void(int epoch, double loss)>& progress = {});

}  // namespace equiripple::study
