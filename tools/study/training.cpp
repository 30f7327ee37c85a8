// The images are put into a new order before every epoch.
#include "tools/study/training.hpp"

#include <algorithm>
#include <numeric>

#include "tools/study/batches.hpp"

namespace equiripple::study {

void descend(const DigitSet& set, const TrainingRequest& request, double first_rate,
             const std::function<double(const DigitSet&, double)>& take,
             const std::function<void(int, double)>& progress) {
  Random random(request.seed + 1'000'003);  // another stream than that of the weights
  std::vector<Eigen::Index> order(static_cast<std::size_t>(set.count()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  const auto batch = static_cast<std::size_t>(request.batch);
  const std::size_t batches = (order.size() + batch - 1) / batch;
  const double steps = static_cast<double>(batches) * request.epochs;
  double done = 0;
  for (int epoch = 0; epoch < request.epochs; ++epoch) {
    shuffle(order, random);
    double loss = 0;
    for (std::size_t first = 0; first < order.size(); first += batch) {
      const DigitSet images = chosen(set, order, first, std::min(batch, order.size() - first));
      const double rate = first_rate * (1 - done++ / steps);
      loss += take(images, rate) / static_cast<double>(batches);
    }
    if (progress) progress(epoch, loss);
  }
}

Network train(const DigitSet& set, const TrainingRequest& request,
              const std::function<void(int, double)>& progress) {
  Network network = random_network(request.seed);
  Network velocity{Matrix::Zero(maps, taps), Vector::Zero(maps),
                   Matrix::Zero(network.weights.rows(), features),
                   Vector::Zero(network.offsets.size())};
  const auto take = [&](const DigitSet& images, double rate) {
    const LossGradient found = loss_gradient(network, patches_of(images, 0, images.count()),
                                             images.labels, request.weight_decay);
    const auto& gradient = found.gradient;
    step(network.kernels, velocity.kernels, gradient.kernels, request.momentum, rate);
    step(network.shifts, velocity.shifts, gradient.shifts, request.momentum, rate);
    step(network.weights, velocity.weights, gradient.weights, request.momentum, rate);
    step(network.offsets, velocity.offsets, gradient.offsets, request.momentum, rate);
    return found.loss;
  };
  descend(set, request, request.rate, take, progress);
  return network;
}

}  // namespace equiripple::study
