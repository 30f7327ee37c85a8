// Which value stands in which slot.
//
// The positions of the kernel are cut into groups. A ciphertext holds one group of positions for a
// batch of images: slot = image * positions of a group + position in the group. The client encrypts
// the pixels of each kernel tap in that order, 25 ciphertexts a group; the convolution is then a
// sum of scalar multiples, without rotations, and the fully connected layer ends with rotations
// that add the positions of a group. Its weights repeat from image to image: a plaintext of such
// period has few coefficients, whose rounding disturbs little, also at a small scale.
#pragma once

#include <vector>

#include "tools/study/network.hpp"

namespace equiripple::study {

class Layout {
 public:
  static constexpr int group_size = 16;  // positions; chosen: a power of two that divides 144
  static constexpr int groups = positions / group_size;

  explicit Layout(std::size_t slots) : images_(static_cast<Eigen::Index>(slots) / group_size) {}

  /// Of a batch.
  Eigen::Index images() const { return images_; }

  /// Of a matrix of patches (taps x (images * positions)): one tap, one group, in slots.
  std::vector<double> tap_values(const Matrix& patches, int tap, int group) const {
    std::vector<double> slots(static_cast<std::size_t>(images_ * group_size), 0.0);
    const Eigen::Index images = patches.cols() / positions;
    for_each_slot(group, [&](std::size_t slot, Eigen::Index image, int position) {
      if (image < images) slots[slot] = patches(tap, image * positions + position);
    });
    return slots;
  }

  /// The weights of a class for one map and one group, equal for all images.
  std::vector<double> weights(const Network& network, int wanted, int map, int group) const {
    std::vector<double> slots(static_cast<std::size_t>(images_ * group_size));
    for_each_slot(group, [&](std::size_t slot, Eigen::Index, int position) {
      slots[slot] = network.weights(wanted, position * maps + map);
    });
    return slots;
  }

  /// Rotations whose sums add the positions of a group.
  static std::vector<int> rotations() {
    std::vector<int> steps;
    for (int step = 1; step < group_size; step *= 2) steps.push_back(step);
    return steps;
  }

  /// Where the sum for an image is then.
  static std::size_t sum_slot(Eigen::Index image) {
    return static_cast<std::size_t>(image * group_size);
  }

 private:
  template <class Visit>
  void for_each_slot(int group, const Visit& visit) const {
    for (Eigen::Index image = 0; image < images_; ++image) {
      for (int position = 0; position < group_size; ++position) {
        visit(static_cast<std::size_t>(image * group_size + position), image,
              group * group_size + position);
      }
    }
  }

  Eigen::Index images_;
};

}  // namespace equiripple::study
