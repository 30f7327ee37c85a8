// The comparison of activations: orders that must hold on any data, and laws of scaling.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/plain.hpp>

#include "composite_7.hpp"
#include "emit/failure.hpp"
#include "tests/tools/study/synthetic.hpp"
#include "tools/study/results.hpp"
#include "tools/study/training.hpp"

using namespace equiripple;
using namespace equiripple::study;

namespace {

const Digits& digits() {
  static const Digits made = test::synthetic_digits(600, 300);
  return made;
}

const Network& network() {
  static const Network trained = train(digits().training, {.seed = 1, .epochs = 4, .batch = 20});
  return trained;
}

std::size_t index_of(const std::string& name) {
  for (std::size_t i = 0; i < all_methods().size(); ++i) {
    if (all_methods()[i].facts.name == name) return i;
  }
  FAIL("no method " << name);
  return 0;
}

// The same function with ReLU, the inputs of the activation larger by a factor.
Network scaled(Network changed, double factor) {
  changed.kernels *= factor;
  changed.shifts *= factor;
  changed.weights /= factor;
  return changed;
}

}  // namespace

TEST_CASE("the backend of arrays computes what the runtime's plain backend does") {
  const Method& method = all_methods()[index_of("composite_7")];
  const Eigen::ArrayXd x =
      Eigen::ArrayXd::LinSpaced(1001, -approximated_range(), approximated_range());
  const Eigen::ArrayXd y = method.evaluate(x);
  plain he;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    CHECK(y[i] == doctest::Approx(composite_7::evaluate(he, x[i])).epsilon(1e-13));
  }
}

TEST_CASE("composites keep their errors, and follow ReLU in the network") {
  const SeedResult result = compare(network(), digits(), all_methods(), 1);
  REQUIRE(result.relu_accuracy > 95);
  const auto accuracy_of_method = [&](const char* name) {
    return result.scores[index_of(name)].accuracy;
  };
  CHECK(std::abs(accuracy_of_method("composite_14") - result.relu_accuracy) <= 0.05);
  for (const char* low : {"square", "least_squares", "taylor", "cryptodl"}) {
    CAPTURE(low);
    CHECK(accuracy_of_method("composite_14") > accuracy_of_method(low));
    CHECK(accuracy_of_method("composite_5") > accuracy_of_method(low));
  }
  for (const int alpha : {4, 6, 7, 8, 10, 12, 14}) {  // 5 is published with an error above 2^-5.4
    const Method& method = all_methods()[index_of("composite_" + std::to_string(alpha))];
    CHECK(largest_error(method) <= approximated_range() * std::exp2(-alpha + 0.4));
  }
}

TEST_CASE("ReLU scales: a network and its multiple are as good at their own range") {
  const auto methods = methods_named("minimax_8,composite_7");
  const SeedResult once = compare(network(), digits(), methods, 1);
  const SeedResult twice = compare(scaled(network(), 2), digits(), methods, 1);
  CHECK(twice.relu_accuracy == once.relu_accuracy);
  CHECK(twice.training.largest == doctest::Approx(2 * once.training.largest));
  for (std::size_t i = 0; i < methods.size(); ++i) {
    CHECK(twice.scores[i].fitted_accuracy == doctest::Approx(once.scores[i].fitted_accuracy));
  }
}

TEST_CASE("inputs beyond the range are counted and told") {
  StudyResults results;
  results.methods = methods_named("square");
  results.seeds.push_back(compare(network(), digits(), results.methods, 1));
  CHECK(results.seeds[0].test.beyond == 0);
  CHECK(range_text(results).find("none is beyond the range 16") != std::string::npos);
  const double factor = 2 * approximated_range() / results.seeds[0].test.largest;
  results.seeds[0] = compare(scaled(network(), factor), digits(), results.methods, 1);
  const RangeUse& use = results.seeds[0].test;
  CHECK(use.values == 300 * features);
  CHECK(use.beyond > 0);
  CHECK(use.beyond < use.values / 2);
  CHECK(use.largest == doctest::Approx(2 * approximated_range()));
  const std::string told = range_text(results);
  CHECK(told.find(std::to_string(use.beyond + results.seeds[0].training.beyond) +
                  " are beyond the range") != std::string::npos);
}

TEST_CASE("methods by name") {
  CHECK(methods_named("").size() == all_methods().size());
  const auto two = methods_named("composite_5,square");
  REQUIRE(two.size() == 2);
  CHECK(std::string(two[0].facts.name) == "square");  // the order of the list
  CHECK_THROWS_WITH_AS(static_cast<void>(methods_named("square,cube")),
                       doctest::Contains("no method 'cube'; known: square"), Failure);
}

TEST_CASE("mean and spread") {
  const Summary summary = summary_of({1, 2, 3, 6});
  CHECK(summary.mean == doctest::Approx(3));
  CHECK(summary.spread == doctest::Approx(std::sqrt(14.0 / 3)));
  CHECK(summary_of({5}).spread == 0);
}
