// The network against sums written out, its gradient against differences, its training against
// itself.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/random.hpp"
#include "tests/tools/study/synthetic.hpp"
#include "tools/study/training.hpp"

using namespace equiripple;
using namespace equiripple::study;

namespace {

// The definition, an image at a time.
double score(const Network& network, const DigitSet& set, Eigen::Index image, int wanted) {
  double sum = network.offsets[wanted];
  for (int top = 0; top < 12; ++top) {
    for (int left = 0; left < 12; ++left) {
      for (int map = 0; map < maps; ++map) {
        double value = network.shifts[map];
        for (int row = 0; row < 5; ++row) {
          for (int column = 0; column < 5; ++column) {
            const int pixel = 28 * (2 * top + row) + 2 * left + column;
            value += network.kernels(map, 5 * row + column) * set.pixels(pixel, image) / 255;
          }
        }
        sum += network.weights(wanted, (12 * top + left) * maps + map) * std::max(value, 0.0);
      }
    }
  }
  return sum;
}

// The largest difference between the gradient and central differences, over some of each part's
// entries, relative to the largest entry.
double gradient_error(const LossGradient& found, Network network, const Matrix& patches,
                      const std::vector<int>& labels, double decay) {
  constexpr double step = 1e-7;  // so small that no unit passes the kink of ReLU
  double largest_entry = 0;
  double error = 0;
  test::Random random(test::seed());
  const auto compare = [&](auto& values, const auto& gradient) {
    for (int i = 0; i < 8; ++i) {
      const int at = test::integer_between(random, 0, static_cast<int>(values.size()) - 1);
      double& value = values.data()[at];
      const double before = value;
      value = before + step;
      const double above = loss_gradient(network, patches, labels, decay).loss;
      value = before - step;
      const double below = loss_gradient(network, patches, labels, decay).loss;
      value = before;
      largest_entry = std::max(largest_entry, std::abs(gradient.data()[at]));
      error = std::max(error, std::abs((above - below) / (2 * step) - gradient.data()[at]));
    }
  };
  compare(network.kernels, found.gradient.kernels);
  compare(network.shifts, found.gradient.shifts);
  compare(network.weights, found.gradient.weights);
  compare(network.offsets, found.gradient.offsets);
  return error / largest_entry;
}

}  // namespace

TEST_CASE("scores are the sums of the definition") {
  const DigitSet set = test::synthetic_digits(30, 20).test;
  const Network network = random_network(3);
  const Matrix scores =
      scores_of(network, convolved(network, patches_of(set, 5, 10)).cwiseMax(0).eval());
  for (const int image : {0, 4, 9}) {
    for (const int wanted : {0, 7}) {
      CHECK(scores(wanted, image) == doctest::Approx(score(network, set, 5 + image, wanted)));
    }
  }
}

TEST_CASE("the gradient is that of the loss") {
  const DigitSet set = test::synthetic_digits(30, 20).test;
  Network network = random_network(4);
  network.shifts.setConstant(0.1);
  const Matrix patches = patches_of(set, 0, set.count());
  LossGradient found = loss_gradient(network, patches, set.labels, 0.01);
  CHECK(gradient_error(found, network, patches, set.labels, 0.01) < 1e-5);
  // A wrong gradient is seen.
  found.gradient.shifts *= 1.01;
  found.gradient.kernels *= 1.01;
  CHECK(gradient_error(found, network, patches, set.labels, 0.01) > 1e-5);
}

TEST_CASE("training learns the patterns, the same for a seed") {
  const Digits digits = test::synthetic_digits(600, 200);
  const TrainingRequest request{.seed = 7, .epochs = 3, .batch = 20};
  double first_loss = 0;
  double last_loss = 0;
  const Network network = train(digits.training, request, [&](int epoch, double loss) {
    (epoch == 0 ? first_loss : last_loss) = loss;
  });
  CHECK(last_loss < first_loss);
  const Matrix after = convolved(network, patches_of(digits.test, 0, 200)).cwiseMax(0);
  CHECK(accuracy(labels_of(scores_of(network, after)), digits.test.labels) > 95);

  const Network again = train(digits.training, request);
  CHECK(again.kernels == network.kernels);
  CHECK(again.weights == network.weights);
  const Network other = train(digits.training, {.seed = 8, .epochs = 3, .batch = 20});
  CHECK(other.kernels != network.kernels);
}
