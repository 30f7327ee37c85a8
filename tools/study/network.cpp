// Every layer is a product of matrices, on columns of patches.
#include "tools/study/network.hpp"

#include <algorithm>
#include <cmath>

namespace equiripple::study {

Matrix random_matrix(Random& random, Eigen::Index rows, Eigen::Index columns, double size) {
  Matrix matrix(rows, columns);
  for (Eigen::Index i = 0; i < matrix.size(); ++i) {
    matrix.data()[i] = size * (2 * unit_real(random) - 1);
  }
  return matrix;
}

Matrix softmax(Matrix scores) {
  scores.rowwise() -= scores.colwise().maxCoeff().eval();
  scores = scores.array().exp();
  return scores.array().rowwise() / scores.colwise().sum().array();
}

Network random_network(std::uint64_t seed) {
  Random random(seed);
  return {.kernels = random_matrix(random, maps, taps, std::sqrt(6.0 / taps)),
          .shifts = Vector::Zero(maps),
          .weights = random_matrix(random, classes, features, std::sqrt(3.0 / features)),
          .offsets = Vector::Zero(classes)};
}

Matrix patches_of(const DigitSet& set, Eigen::Index first, Eigen::Index count) {
  Matrix patches(taps, count * positions);
  for (Eigen::Index image = 0; image < count; ++image) {
    const std::uint8_t* pixels = set.pixels.col(first + image).data();
    for (int position = 0; position < positions; ++position) {
      const int top = position / positions_side * stride;
      const int left = position % positions_side * stride;
      double* patch = patches.col(image * positions + position).data();
      for (int row = 0; row < kernel_side; ++row) {
        for (int column = 0; column < kernel_side; ++column) {
          *patch++ = pixels[(top + row) * image_side + left + column] / 255.0;
        }
      }
    }
  }
  return patches;
}

Matrix convolved(const Network& network, const Matrix& patches) {
  return (network.kernels * patches).colwise() + network.shifts;
}

Matrix scores_of(const Network& network, const Matrix& activated) {
  const Eigen::Map<const Matrix> columns(activated.data(), features, activated.size() / features);
  return (network.weights * columns).colwise() + network.offsets;
}

std::vector<int> labels_of(const Matrix& scores) {
  std::vector<int> labels;
  for (Eigen::Index image = 0; image < scores.cols(); ++image) {
    Eigen::Index largest = 0;
    scores.col(image).maxCoeff(&largest);
    labels.push_back(static_cast<int>(largest));
  }
  return labels;
}

double accuracy(const std::vector<int>& found, const std::vector<int>& right) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < found.size(); ++i) equal += found[i] == right[i] ? 1 : 0;
  return 100.0 * static_cast<double>(equal) / static_cast<double>(found.size());
}

LossGradient loss_gradient(const Network& network, const Matrix& patches,
                           const std::vector<int>& labels, double weight_decay) {
  const auto images = static_cast<Eigen::Index>(labels.size());
  const Matrix before = convolved(network, patches);
  const Matrix after = before.cwiseMax(0);
  const Eigen::Map<const Matrix> columns(after.data(), features, images);
  Matrix excess = softmax(scores_of(network, after));  // becomes probabilities less the truth
  LossGradient result;
  for (Eigen::Index image = 0; image < images; ++image) {
    double& right = excess(labels[static_cast<std::size_t>(image)], image);
    result.loss -= std::log(std::max(right, 1e-300)) / static_cast<double>(images);
    right -= 1;
  }
  excess /= static_cast<double>(images);
  result.loss += weight_decay / 2 * (network.kernels.squaredNorm() + network.weights.squaredNorm());

  result.gradient.weights = excess * columns.transpose() + weight_decay * network.weights;
  result.gradient.offsets = excess.rowwise().sum();
  Matrix back = network.weights.transpose() * excess;
  Eigen::Map<Matrix> by_position(back.data(), maps, images * positions);
  by_position = (before.array() > 0).select(by_position, 0);
  result.gradient.kernels = by_position * patches.transpose() + weight_decay * network.kernels;
  result.gradient.shifts = by_position.rowwise().sum();
  return result;
}

}  // namespace equiripple::study
