// Values go forward a layer at a time; gradients come back the same way.
#include "tools/study/deep/network.hpp"

#include <algorithm>
#include <cmath>

#include "tools/study/batches.hpp"

namespace equiripple::study {
namespace {

constexpr Eigen::Index block = 100;  // images at a time; chosen

int outputs_of(int layer, int activations) { return layer + 1 < activations ? hidden : classes; }
int inputs_of(int layer) { return layer == 0 ? features : hidden; }

Matrix convolved(const DeepNetwork& network, const Matrix& patches) {
  return (network.kernels * patches).colwise() + network.shifts;
}

Matrix columns_of(const Matrix& activated) {
  return Eigen::Map<const Matrix>(activated.data(), features, activated.size() / features);
}

Matrix connected(const DeepNetwork& network, int layer, const Matrix& columns) {
  const auto at = static_cast<std::size_t>(layer);
  return (network.weights[at] * columns).colwise() + network.offsets[at];
}

DeepNetwork zeros_like(const DeepNetwork& network) {
  DeepNetwork zero{.kernels = Matrix::Zero(maps, taps), .shifts = Vector::Zero(maps)};
  for (const Matrix& weights : network.weights) {
    zero.weights.emplace_back(Matrix::Zero(weights.rows(), weights.cols()));
    zero.offsets.emplace_back(Vector::Zero(weights.rows()));
  }
  return zero;
}

// The mean over images of the largest change among an image's scores, for errors of size `size`.
double change(const DeepNetwork& network, const DigitSet& set, int wanted, double size,
              Random* signs) {
  double sum = 0;
  for (Eigen::Index first = 0; first < set.count(); first += block) {
    const Matrix patches = patches_of(set, first, std::min(block, set.count() - first));
    const Matrix plain = scores_of(network, patches, relu_of);
    const Matrix moved = scores_of(network, patches, [&](int activation, const Matrix& values) {
      Matrix after = relu_of(activation, values);
      if (activation != wanted) return after;
      for (Eigen::Index i = 0; i < after.size(); ++i) {
        const bool is_down = signs != nullptr && unit_real(*signs) < 0.5;
        after.data()[i] += is_down ? -size : size;
      }
      return after;
    });
    sum += (moved - plain).cwiseAbs().colwise().maxCoeff().sum();
  }
  return sum / static_cast<double>(set.count());
}

}  // namespace

DeepNetwork random_deep_network(int activations, std::uint64_t seed) {
  Random random(seed);
  DeepNetwork network{.kernels = random_matrix(random, maps, taps, std::sqrt(6.0 / taps)),
                      .shifts = Vector::Zero(maps)};
  for (int layer = 0; layer < activations; ++layer) {
    const int inputs = inputs_of(layer);
    const int outputs = outputs_of(layer, activations);
    network.weights.push_back(random_matrix(random, outputs, inputs, std::sqrt(6.0 / inputs)));
    network.offsets.emplace_back(Vector::Zero(outputs));
  }
  return network;
}

Matrix relu_of(int, const Matrix& values) { return values.cwiseMax(0); }

Matrix scores_of(const DeepNetwork& network, const Matrix& patches, const Activate& activate) {
  Matrix columns = columns_of(activate(0, convolved(network, patches)));
  for (int layer = 0;; ++layer) {
    Matrix values = connected(network, layer, columns);
    if (layer + 1 == network.activations()) return values;
    columns = activate(layer + 1, values);
  }
}

DeepGradient loss_gradient(const DeepNetwork& network, const Matrix& patches,
                           const std::vector<int>& labels, double weight_decay) {
  const auto images = static_cast<Eigen::Index>(labels.size());
  std::vector<Matrix> before = {convolved(network, patches)};  // the activations
  std::vector<Matrix> columns;                                 // into the fully connected layers
  for (int layer = 0; layer < network.activations(); ++layer) {
    const Matrix after = relu_of(layer, before.back());
    columns.push_back(layer == 0 ? columns_of(after) : after);
    before.push_back(connected(network, layer, columns.back()));
  }
  Matrix excess = softmax(before.back());  // becomes probabilities less the truth
  DeepGradient result{.gradient = zeros_like(network)};
  for (Eigen::Index image = 0; image < images; ++image) {
    double& right = excess(labels[static_cast<std::size_t>(image)], image);
    result.loss -= std::log(std::max(right, 1e-300)) / static_cast<double>(images);
    right -= 1;
  }
  excess /= static_cast<double>(images);
  result.loss += weight_decay / 2 * network.kernels.squaredNorm();
  for (int layer = network.activations() - 1; layer >= 0; --layer) {
    const auto at = static_cast<std::size_t>(layer);
    result.loss += weight_decay / 2 * network.weights[at].squaredNorm();
    result.gradient.weights[at] =
        excess * columns[at].transpose() + weight_decay * network.weights[at];
    result.gradient.offsets[at] = excess.rowwise().sum();
    Matrix back = network.weights[at].transpose() * excess;
    excess = layer == 0 ? Matrix(Eigen::Map<Matrix>(back.data(), maps, images * positions)) : back;
    excess = (before[at].array() > 0).select(excess, 0);
  }
  result.gradient.kernels = excess * patches.transpose() + weight_decay * network.kernels;
  result.gradient.shifts = excess.rowwise().sum();
  return result;
}

DeepNetwork train(const DigitSet& set, int activations, const TrainingRequest& request,
                  const std::function<void(int, double)>& progress) {
  DeepNetwork network = random_deep_network(activations, request.seed);
  DeepNetwork velocity = zeros_like(network);
  const auto take = [&](const DigitSet& images, double rate) {
    const DeepGradient found = loss_gradient(network, patches_of(images, 0, images.count()),
                                             images.labels, request.weight_decay);
    const DeepNetwork& gradient = found.gradient;
    step(network.kernels, velocity.kernels, gradient.kernels, request.momentum, rate);
    step(network.shifts, velocity.shifts, gradient.shifts, request.momentum, rate);
    for (std::size_t i = 0; i < network.weights.size(); ++i) {
      step(network.weights[i], velocity.weights[i], gradient.weights[i], request.momentum, rate);
      step(network.offsets[i], velocity.offsets[i], gradient.offsets[i], request.momentum, rate);
    }
    return found.loss;
  };
  descend(set, request, request.rate / std::pow(3.0, activations - 1), take, progress);
  return network;
}

std::vector<ActivationUse> measured_use(const DeepNetwork& network, const DigitSet& training) {
  constexpr Eigen::Index looked_at = 1000;  // chosen
  constexpr double step_share = 0x1p-7;     // of the range; chosen
  std::vector<ActivationUse> uses(network.weights.size());
  for (Eigen::Index first = 0; first < training.count(); first += block) {
    const Matrix patches = patches_of(training, first, std::min(block, training.count() - first));
    static_cast<void>(scores_of(network, patches, [&](int activation, const Matrix& values) {
      double& largest = uses[static_cast<std::size_t>(activation)].largest;
      largest = std::max(largest, values.cwiseAbs().maxCoeff());
      return relu_of(activation, values);
    }));
  }
  const DigitSet some = first_of(training, looked_at);
  for (int i = 0; i < network.activations(); ++i) {
    ActivationUse& use = uses[static_cast<std::size_t>(i)];
    const double size = step_share * use.largest;
    Random random(1);
    use.weight =
        std::max(change(network, some, i, size, &random), change(network, some, i, size, nullptr)) /
        size;
  }
  return uses;
}

}  // namespace equiripple::study
