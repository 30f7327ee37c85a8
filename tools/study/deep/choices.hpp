// Polynomials for the activations of one network: the same everywhere, by hand, and as
// equiripple::make_network chooses.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <equiripple/program.hpp>
#include "tools/study/deep/network.hpp"

namespace equiripple::study {

struct Polynomial {
  std::string degrees;  // "7,7"; of one polynomial of ReLU itself an even one
  int levels = 0;
  double error = 0;  // at most, proved
  Program program;
};

struct DeepChoice {
  std::string name;                                         // for people
  std::vector<std::shared_ptr<const Polynomial>> layers{};  // of each activation
  int levels = 0;                                           // of linear parts and activations
  double error = 0;                                         // the sum of weight * error
};

/// The convolution and each fully connected layer take one.
[[nodiscard]] inline int linear_levels(const DeepNetwork& network) {
  return 1 + network.activations();
}

/// All that the study compares, for these ranges and weights: degrees 5, 13 and {7, 7} everywhere
/// on the largest range; by hand an accurate first and a cheap rest, and the reverse, each on its
/// own range; then what `network` chooses within the levels of each of those, and for the least
/// latency at the error of the same everywhere. `reach` widens the ranges. Throws Failure.
[[nodiscard]] std::vector<DeepChoice> deep_choices(const DeepNetwork& network,
                                                   const std::vector<ActivationUse>& uses,
                                                   double reach = 1.1);

/// The polynomials of a choice on plain numbers.
[[nodiscard]] Activate plain_activations(const DeepChoice& choice);

}  // namespace equiripple::study
