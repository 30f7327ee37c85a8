// The network on ciphertexts: convolution, activation by an emitted header, fully connected layer.
//
// No level is spent on the two linear layers. The convolution's scalars and the pixels have scales
// whose product is working scale / range, at which the activation reads its range for free; the
// weights have a scale that the modulus which is left in the end still holds.
#pragma once

#include <cmath>
#include <optional>
#include <vector>

#include <equiripple/runtime.hpp>
#include "tools/study/encrypted/layout.hpp"

namespace equiripple::study {

/// Of the convolution's scalars. Pixels have what is left; the rounding of the one and the noise of
/// the other are of equal size then.
inline constexpr double kernel_scale = 0x1p+15;  // measured, with primes of 50 bits

/// The scales around the fully connected layer.
struct ScoreScales {
  double activation = 0;  // of its result, where the plan lets the caller choose
  double product = 0;     // of that and the weights
};

/// For scores up to `largest` under a last modulus of `modulus_bits`. The weights' rounding costs
/// less than what the last stage of an activation loses at an equal scale: that has the larger
/// part.
inline ScoreScales score_scales(double largest, int modulus_bits) {
  constexpr double reserve_bits = 3;  // chosen: a sign, and scores twice as large
  constexpr double shift_bits = 7.5;  // measured: best for the longest composite
  const double bits = modulus_bits - reserve_bits - std::ceil(std::log2(largest));
  return {std::exp2(std::floor(bits / 2 + shift_bits)), std::exp2(bits)};
}

template <class Library, class Plan>
class EncryptedNetwork {
 public:
  using Backend = typename Library::Backend;
  using Ciphertext = typename Backend::Ciphertext;

  /// Encodes all scalars and weights once.
  EncryptedNetwork(Library& library, const Layout& layout, const Network& network,
                   const ScoreScales& scales, int top_level)
      : library_(library),
        he_(library.backend()),
        input_scale_(he_.modulus_at(top_level) / Plan::half_width / kernel_scale),
        activation_(prepare<Plan>(he_, top_level, input_scale_ * kernel_scale,
                                  Plan::output_scale_factor == 1 ? scales.activation : 0)) {
    for (int map = 0; map < maps; ++map) {
      for (int tap = 0; tap < taps; ++tap) {
        kernels_.push_back(he_.encode(visible(network.kernels(map, tap)), top_level, kernel_scale));
      }
      shifts_.push_back(he_.encode(network.shifts[map], top_level, input_scale_ * kernel_scale));
    }
    const int level = activation_.output_level();
    for (int wanted = 0; wanted < classes; ++wanted) {
      for (int group = 0; group < Layout::groups; ++group) {
        for (int map = 0; map < maps; ++map) {
          weights_.push_back(library.encode_vector(layout.weights(network, wanted, map, group),
                                                   level,
                                                   scales.product / activation_.output_scale()));
        }
      }
      offsets_.push_back(network.offsets[wanted]);
    }
  }

  /// What pixels are encrypted at.
  double input_scale() const { return input_scale_; }

  /// Takes the ciphertexts of a group of positions, one a tap.
  void add_group(int group, const std::vector<Ciphertext>& inputs) {
    for (int map = 0; map < maps; ++map) {
      const Ciphertext active = activation_.evaluate(convolution(map, inputs));
      for (int wanted = 0; wanted < classes; ++wanted) {
        const auto at = static_cast<std::size_t>((wanted * Layout::groups + group) * maps + map);
        add_to(scores_[static_cast<std::size_t>(wanted)],
               library_.multiply_vector(active, weights_[at]));
      }
    }
  }

  /// The score of each class, where Layout::sum_slot tells, after all groups. Begins anew.
  std::vector<Ciphertext> take_scores() {
    std::vector<Ciphertext> results;
    for (int wanted = 0; wanted < classes; ++wanted) {
      const auto at = static_cast<std::size_t>(wanted);
      Ciphertext sum = std::move(*scores_[at]);
      scores_[at].reset();
      for (const int steps : Layout::rotations()) sum = he_.add(sum, library_.rotate(sum, steps));
      results.push_back(
          he_.add_plain(sum, he_.encode(offsets_[at], he_.level(sum), he_.scale(sum))));
    }
    return results;
  }

 private:
  Ciphertext convolution(int map, const std::vector<Ciphertext>& inputs) {
    std::optional<Ciphertext> sum;
    for (int tap = 0; tap < taps; ++tap) {
      add_to(sum, library_.multiply_small(inputs[static_cast<std::size_t>(tap)],
                                          kernels_[static_cast<std::size_t>(map * taps + tap)]));
    }
    return he_.add_plain(std::move(*sum), shifts_[static_cast<std::size_t>(map)]);
  }

  void add_to(std::optional<Ciphertext>& sum, Ciphertext term) {
    sum = sum ? he_.add(std::move(*sum), term) : std::move(term);
  }

  // Libraries refuse products with the zero plaintext.
  static double visible(double c) {
    return std::abs(c * kernel_scale) < 0.5 ? std::copysign(1 / kernel_scale, c) : c;
  }

  Library& library_;
  Backend& he_;
  double input_scale_;
  Prepared<Backend> activation_;
  std::vector<typename Backend::Plaintext> kernels_;  // by map, tap
  std::vector<typename Backend::Plaintext> shifts_;
  std::vector<typename Library::Vector> weights_;  // by class, group, map
  std::vector<double> offsets_;
  std::vector<std::optional<Ciphertext>> scores_ = std::vector<std::optional<Ciphertext>>(classes);
};

}  // namespace equiripple::study
