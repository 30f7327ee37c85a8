// Images in a random order, a batch at a time.
#pragma once

#include <utility>
#include <vector>

#include "tools/study/digits.hpp"
#include "tools/study/random.hpp"

namespace equiripple::study {

/// Those that order[first], ..., order[first + count - 1] name.
inline DigitSet chosen(const DigitSet& set, const std::vector<Eigen::Index>& order,
                       std::size_t first, std::size_t count) {
  DigitSet batch;
  batch.pixels.resize(set.pixels.rows(), static_cast<Eigen::Index>(count));
  for (std::size_t i = 0; i < count; ++i) {
    const Eigen::Index image = order[first + i];
    batch.pixels.col(static_cast<Eigen::Index>(i)) = set.pixels.col(image);
    batch.labels.push_back(set.labels[static_cast<std::size_t>(image)]);
  }
  return batch;
}

inline void shuffle(std::vector<Eigen::Index>& order, Random& random) {
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[index_below(random, i)]);
  }
}

/// velocity = momentum * velocity - rate * gradient, then a step by it.
template <class Array>
void step(Array& values, Array& velocity, const Array& gradient, double momentum, double rate) {
  velocity = momentum * velocity - rate * gradient;
  values += velocity;
}

}  // namespace equiripple::study
