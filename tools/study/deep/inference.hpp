// A deep network on ciphertexts: every linear part takes one level, every activation is a program.
//
// Scales: the convolution and each fully connected layer end at the scale at which the activation
// after them reads its range for free, modulus / range; their weights have what is left to that.
#pragma once

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <equiripple/runtime.hpp>
#include "tools/study/deep/choices.hpp"
#include "tools/study/deep/layout.hpp"

namespace equiripple::study {

/// Of the scores at level 0, under a last modulus of 60 bits.
inline constexpr double score_scale = 0x1p+40;  // chosen

// clang-format off
//   Library as in encrypted/adapter.hpp, and:
//     // Scales multiply; the product is to be rescaled.
//     Backend::Ciphertext multiply_vector_to_rescale(const Backend::Ciphertext&, const Vector&);
//     // Of equal level and scale.
//     Backend::Ciphertext add_vector(const Backend::Ciphertext&, const Vector&);
// clang-format on
template <class Library>
class EncryptedDeepNetwork {
 public:
  using Backend = typename Library::Backend;
  using Ciphertext = typename Backend::Ciphertext;

  /// Encodes all scalars and weights once.
  EncryptedDeepNetwork(Library& library, const DeepLayout& layout, const DeepNetwork& network,
                       const DeepChoice& choice)
      : library_(library), he_(library.backend()), layout_(layout) {
    int level = choice.levels;
    input_scale_ = he_.modulus_at(level);
    double wanted = scale_before(choice, 0, level - 1);
    kernel_scale_ = wanted * he_.modulus_at(level) / input_scale_;
    for (int map = 0; map < maps; ++map) {
      for (int tap = 0; tap < taps; ++tap) {
        kernels_.push_back(
            he_.encode(visible(network.kernels(map, tap), kernel_scale_), level, kernel_scale_));
      }
      shifts_.push_back(he_.encode(network.shifts[map], level - 1, wanted));
    }
    shift_scale_ = wanted;
    --level;
    int period = DeepLayout::places;
    for (int i = 0; i < network.activations(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      activations_.push_back(prepare(choice.layers[at]->program, he_, level, wanted));
      level = activations_.back().output_level();
      const bool is_last = i + 1 == network.activations();
      wanted = is_last ? score_scale : scale_before(choice, at + 1, level - 1);
      layers_.push_back(connected(network, i, period, level, wanted));
      period = layers_.back().block;
      --level;
    }
  }

  /// What pixels are encrypted at.
  double input_scale() const { return input_scale_; }

  /// The scores, in slots layout.slot(class, image), from a ciphertext a tap.
  Ciphertext scores(const std::vector<Ciphertext>& inputs) {
    std::vector<Ciphertext> values;
    for (int map = 0; map < maps; ++map) values.push_back(convolution(map, inputs));
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      for (Ciphertext& value : values) value = activations_[i].evaluate(value);
      values = {through(layers_[i], values)};
    }
    return values.front();
  }

 private:
  struct Connected {
    int block = 0;                                                 // outputs, a power of 2
    int period = 0;                                                // of what comes in
    std::vector<std::vector<typename Library::Vector>> diagonals;  // by d, then by input
    typename Library::Vector offsets;
    double scale = 0;  // of the result
  };

  // A little below what the range is read at for free: products of doubles round.
  double scale_before(const DeepChoice& choice, std::size_t activation, int level) const {
    return he_.modulus_at(level) / choice.layers[activation]->program.half_width() * (1 - 0x1p-40);
  }

  Connected connected(const DeepNetwork& network, int index, int period, int level, double wanted) {
    const auto at = static_cast<std::size_t>(index);
    const Matrix& weights = network.weights[at];
    const int block = DeepLayout::block_of(weights);
    const double own = wanted * he_.modulus_at(level) / activations_.back().output_scale();
    Connected layer{.block = block,
                    .period = period,
                    .diagonals = {},
                    .offsets = library_.encode_vector(layout_.repeated(network.offsets[at], block),
                                                      level - 1, wanted),
                    .scale = wanted};
    for (int d = 0; d < block; ++d) {
      layer.diagonals.emplace_back();
      for (int map = 0; map < (index == 0 ? maps : 1); ++map) {
        layer.diagonals.back().push_back(library_.encode_vector(
            layout_.diagonal(weights, d, map, index == 0, period), level, own));
      }
    }
    return layer;
  }

  Ciphertext through(const Connected& layer, const std::vector<Ciphertext>& values) {
    std::optional<Ciphertext> sum;  // of rotations, the farthest first
    for (std::size_t d = layer.diagonals.size(); d-- > 0;) {
      if (sum) sum = library_.rotate(*sum, layout_.images());
      for (std::size_t i = 0; i < values.size(); ++i) {
        add_to(sum, library_.multiply_vector_to_rescale(values[i], layer.diagonals[d][i]));
      }
    }
    for (int window = layer.block; window < layer.period; window *= 2) {
      sum = he_.add(*sum, library_.rotate(*sum, window * layout_.images()));
    }
    Ciphertext result = he_.rescale(std::move(*sum));
    he_.set_scale(result, layer.scale);  // but for the rounding of doubles the same
    return library_.add_vector(result, layer.offsets);
  }

  Ciphertext convolution(int map, const std::vector<Ciphertext>& inputs) {
    std::optional<Ciphertext> sum;
    for (int tap = 0; tap < taps; ++tap) {
      add_to(sum, he_.multiply_plain(inputs[static_cast<std::size_t>(tap)],
                                     kernels_[static_cast<std::size_t>(map * taps + tap)]));
    }
    Ciphertext result = he_.rescale(std::move(*sum));
    he_.set_scale(result, shift_scale_);
    return he_.add_plain(std::move(result), shifts_[static_cast<std::size_t>(map)]);
  }

  void add_to(std::optional<Ciphertext>& sum, Ciphertext term) {
    sum = sum ? he_.add(std::move(*sum), term) : std::move(term);
  }

  // Libraries refuse products with the zero plaintext.
  static double visible(double c, double scale) {
    return std::abs(c * scale) < 0.5 ? std::copysign(1 / scale, c) : c;
  }

  Library& library_;
  Backend& he_;
  const DeepLayout& layout_;
  double input_scale_ = 0;
  double kernel_scale_ = 0;
  double shift_scale_ = 0;
  std::vector<typename Backend::Plaintext> kernels_;  // by map, tap
  std::vector<typename Backend::Plaintext> shifts_;
  std::vector<Prepared<Backend>> activations_;
  std::vector<Connected> layers_;
};

}  // namespace equiripple::study
