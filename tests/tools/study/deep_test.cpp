// Networks of two and three activations: their gradient against differences, weights of errors
// against sums, the choices against each other, and ciphertexts against plain numbers.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/tools/study/synthetic.hpp"
#include "tools/study/deep/run.hpp"
#include "tools/study/deep/study.hpp"

using namespace equiripple;
using namespace equiripple::study;

namespace {

constexpr int log2_ring = 12;  // quick, and far from secure

struct Trained {
  explicit Trained(int activations)
      : digits(test::synthetic_digits(300, 40)),
        network(train(digits.training, activations, {.seed = 1, .epochs = 6, .batch = 20})),
        uses(measured_use(network, digits.training)) {}
  Digits digits;
  DeepNetwork network;
  std::vector<ActivationUse> uses;
};

// Of some entries of each part, relative to the largest.
double gradient_error(const DeepGradient& found, DeepNetwork network, const Matrix& patches,
                      const std::vector<int>& labels, double decay) {
  constexpr double step = 1e-7;  // so small that no unit passes the kink of ReLU
  double largest = 0;
  double error = 0;
  const auto compare = [&](auto& values, const auto& gradient) {
    for (Eigen::Index at = 0; at < values.size(); at += values.size() / 7 + 1) {
      double& value = values.data()[at];
      const double before = value;
      value = before + step;
      const double above = loss_gradient(network, patches, labels, decay).loss;
      value = before - step;
      const double below = loss_gradient(network, patches, labels, decay).loss;
      value = before;
      largest = std::max(largest, std::abs(gradient.data()[at]));
      error = std::max(error, std::abs((above - below) / (2 * step) - gradient.data()[at]));
    }
  };
  compare(network.kernels, found.gradient.kernels);
  compare(network.shifts, found.gradient.shifts);
  for (std::size_t i = 0; i < network.weights.size(); ++i) {
    compare(network.weights[i], found.gradient.weights[i]);
    compare(network.offsets[i], found.gradient.offsets[i]);
  }
  return error / largest;
}

// The rows by name.
const DeepChoice& named(const std::vector<DeepChoice>& choices, const std::string& name) {
  const auto found = std::ranges::find(choices, name, &DeepChoice::name);
  REQUIRE(found != choices.end());
  return *found;
}

}  // namespace

TEST_CASE("the gradient of a deep network is that of the loss") {
  for (const int activations : {2, 3}) {
    CAPTURE(activations);
    const DigitSet set = test::synthetic_digits(30, 20).test;
    DeepNetwork network = random_deep_network(activations, 4);
    network.shifts.setConstant(0.1);
    const Matrix patches = patches_of(set, 0, set.count());
    DeepGradient found = loss_gradient(network, patches, set.labels, 0.01);
    CHECK(gradient_error(found, network, patches, set.labels, 0.01) < 1e-5);
    found.gradient.kernels *= 1.01;  // a wrong one is seen
    found.gradient.weights[0] *= 1.01;
    CHECK(gradient_error(found, network, patches, set.labels, 0.01) > 1e-5);
  }
}

// Scores are linear in what follows the last activation: equal errors move a score by the sum of
// its weights, and no signs do more than the sum of their sizes.
TEST_CASE("weights of errors are those of the last layer") {
  const Trained trained(2);
  const Matrix& last = trained.network.weights.back();
  const double equal = last.rowwise().sum().cwiseAbs().maxCoeff();
  const double most = last.cwiseAbs().rowwise().sum().maxCoeff();
  CHECK(trained.uses.back().weight >= equal * (1 - 1e-9));
  CHECK(trained.uses.back().weight <= most * (1 + 1e-9));
  CHECK(trained.uses.front().weight > 0);
}

TEST_CASE("the choice of network is no worse than the others in their levels") {
  const Trained trained(2);
  const auto choices = deep_choices(trained.network, trained.uses);
  for (const char* name : {"{5} everywhere", "{13} everywhere", "{7,7} everywhere",
                           "by hand, {7,7} first", "by hand, {7,7} last"}) {
    CAPTURE(name);
    const DeepChoice& other = named(choices, name);
    const DeepChoice& chosen =
        named(choices, "network, " + std::to_string(other.levels) + " levels");
    CHECK(chosen.levels <= other.levels);
    CHECK(chosen.error <= other.error * (1 + 1e-9));
  }
  const DeepChoice& same = named(choices, "{7,7} everywhere");
  const DeepChoice& as_good = named(choices, "network, error of {7,7} everywhere");
  CHECK(as_good.error <= same.error * (1 + 1e-9));
  CHECK(as_good.levels <= same.levels);
}

TEST_CASE("deep networks on ciphertexts give the scores of plain numbers") {
  for (const int activations : {2, 3}) {
    CAPTURE(activations);
    const Trained trained(activations);
    const auto all = deep_choices(trained.network, trained.uses);
    for (const std::string& library : encryption_libraries()) {
      const bool is_simulated = library == "simulated";
      if (!is_simulated && activations == 3) continue;  // minutes
      std::vector<DeepChoice> some = {all.back()};
      if (is_simulated) some.push_back(named(all, "by hand, {7,7} first"));
      CAPTURE(library);
      const auto results =
          run_deep(library, {.network = trained.network,
                             .choices = some,
                             .images = first_of(trained.digits.test, is_simulated ? 12 : 8),
                             .log2_ring = log2_ring,
                             .progress = [](const std::string&) {}});
      REQUIRE(results.size() == some.size());
      for (const EncryptedResult& result : results) {
        CHECK(result.batch == 8);
        CHECK(result.runs == (is_simulated ? 2 : 1));
        CHECK(result.bits > 9);  // measured: 15 and more
        CHECK(result.accuracy == result.plain_accuracy);
      }
    }
  }
}

TEST_CASE("a wrong network on ciphertexts is seen") {
  const Trained trained(2);
  const auto choices = deep_choices(trained.network, trained.uses);
  const DigitSet images = first_of(trained.digits.test, 8);
  DeepNetwork other = trained.network;
  other.offsets.front().array() += 0.5;
  EncryptedResult result;
  judge(result, plain_scores(other, choices.front(), images),
        plain_scores(trained.network, choices.front(), images), images.labels);
  CHECK(result.bits < 9);
}
