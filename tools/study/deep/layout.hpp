// Which value stands in which slot, for few images and short sums.
//
// slot = position * images + image: a rotation by the number of images moves every position by one,
// around the end. The convolution has a ciphertext a map, of 144 positions in 256. A fully
// connected layer of so many outputs, a power of 2 with those that are added, is a sum over
// diagonals: output j = sum over d of W(j, j + d) x(j + d), and over the windows of as many
// positions; then the outputs repeat along the positions, as the next layer wants them.
#pragma once

#include <bit>
#include <vector>

#include "tools/study/deep/network.hpp"

namespace equiripple::study {

class DeepLayout {
 public:
  static constexpr int places = 256;  // the power of 2 that holds the positions

  explicit DeepLayout(std::size_t slots) : images_(static_cast<int>(slots) / places) {}

  /// Of a batch.
  int images() const { return images_; }

  /// Of a matrix of patches (taps x (images * positions)): one tap in slots; 0 beyond.
  std::vector<double> tap_values(const Matrix& patches, int tap) const {
    std::vector<double> slots(static_cast<std::size_t>(images_) * places, 0.0);
    const Eigen::Index count = patches.cols() / positions;
    for (Eigen::Index image = 0; image < count; ++image) {
      for (int position = 0; position < positions; ++position) {
        slots[slot(position, static_cast<int>(image))] = patches(tap, image * positions + position);
      }
    }
    return slots;
  }

  /// Outputs of a layer with those that are added: diagonals, and the period of its result.
  static int block_of(const Matrix& weights) {
    return static_cast<int>(std::bit_ceil(static_cast<unsigned>(weights.rows())));
  }

  /// Diagonal d of a layer, from one map's positions (of the first layer) or from the outputs of
  /// the layer before, which repeat with `period`.
  std::vector<double> diagonal(const Matrix& weights, int d, int map, bool is_first,
                               int period) const {
    const int block = block_of(weights);
    std::vector<double> slots(static_cast<std::size_t>(images_) * places, 0.0);
    for (int place = 0; place < places; ++place) {
      const int output = (place - d + block) % block;
      const int input = is_first ? place * maps + map : place % period;
      const int most = is_first ? features : static_cast<int>(weights.cols());
      if (output >= weights.rows() || input >= most || (is_first && place >= positions)) continue;
      fill(slots, place, weights(output, input));
    }
    return slots;
  }

  /// One number an output, repeated with the period of the layer's result.
  std::vector<double> repeated(const Vector& values, int block) const {
    std::vector<double> slots(static_cast<std::size_t>(images_) * places, 0.0);
    for (int place = 0; place < places; ++place) {
      if (place % block < values.size()) fill(slots, place, values[place % block]);
    }
    return slots;
  }

  /// All that the layers rotate by; `period` of the first layer is `places`.
  std::vector<int> rotations(const DeepNetwork& network) const {
    std::vector<int> steps = {images_};
    int period = places;
    for (const Matrix& weights : network.weights) {
      for (int window = block_of(weights); window < period; window *= 2) {
        steps.push_back(window * images_);
      }
      period = block_of(weights);
    }
    return steps;
  }

  std::size_t slot(int place, int image) const {
    return static_cast<std::size_t>(place) * static_cast<std::size_t>(images_) +
           static_cast<std::size_t>(image);
  }

 private:
  void fill(std::vector<double>& slots, int place, double value) const {
    for (int image = 0; image < images_; ++image) slots[slot(place, image)] = value;
  }

  int images_;
};

}  // namespace equiripple::study
