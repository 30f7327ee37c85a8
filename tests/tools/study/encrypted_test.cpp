// The network on ciphertexts against the same polynomials on plain numbers.
#include <doctest/doctest.h>

#include <cmath>
#include <iostream>

#include "tests/runtime/noise.hpp"
#include "tests/tools/study/synthetic.hpp"
#include "tools/study/encrypted/run.hpp"
#include "tools/study/training.hpp"

using namespace equiripple;
using namespace equiripple::study;

namespace {

constexpr int log2_ring = 12;  // quick, and far from secure

// More images than a batch has.
struct Trained {
  Digits digits = test::synthetic_digits(300, 150);
  Network network = train(digits.training, {.seed = 1, .epochs = 4, .batch = 20});

  std::vector<EncryptedResult> run(const std::string& library, const std::string& names) const {
    return run_encrypted(library, {.network = network,
                                   .images = digits.test,
                                   .training = digits.training,
                                   .methods = methods_named(names),
                                   .log2_ring = log2_ring,
                                   .progress = [](const std::string&) {}});
  }
};

void check_facts(const EncryptedResult& result, int levels) {
  CHECK(result.images == 150);
  CHECK(result.batch == (1 << (log2_ring - 1)) / Layout::group_size);
  CHECK(result.runs == 2);
  CHECK(result.levels == levels);
  CHECK(result.modulus_bits > 50 * levels + 110);
  CHECK_FALSE(result.is_secure());
}

// Of the simulation, whose seed is fixed.
void check_simulated(const EncryptedResult& result, int levels) {
  CAPTURE(result.facts.name);
  check_facts(result, levels);
  CHECK(result.bits > 9);
  CHECK(result.differences.empty());
  CHECK(result.accuracy == result.plain_accuracy);
}

// The bits that a library keeps but for test::failure_probability: the largest of so many normal
// errors is two deviations or more.
double allowed_bits(const EncryptedResult& of_simulation) {
  constexpr std::size_t scores = 150 * classes;
  const double largest_error = std::exp2(-of_simulation.bits);
  return -std::log2(test::Noise(std::vector<double>(scores, largest_error / 2)).upper());
}

void check_library(const std::string& library) {
  const auto libraries = encryption_libraries();
  if (std::ranges::find(libraries, library) == libraries.end()) {
    std::cout << "SKIPPED: the study was built without " << library << "\n";
    return;
  }
  const Trained trained;
  const auto results = trained.run(library, "composite_5");
  REQUIRE(results.size() == 1);
  const EncryptedResult& result = results[0];
  check_facts(result, 4);
  const double bits = allowed_bits(trained.run("simulated", "composite_5").at(0));
  MESSAGE(result.bits << " bits, allowed " << bits);
  CHECK(result.bits >= bits);
  // A label changes only where its margin is below twice the error.
  const Method method = methods_named("composite_5").at(0);
  const double largest =
      plain_scores(trained.network, method, trained.digits.test).cwiseAbs().maxCoeff();
  for (const Difference& difference : result.differences) {
    CHECK(difference.plain_margin <= 2 * std::exp2(-bits) * largest);
  }
}

}  // namespace

TEST_CASE("each value of a group has a slot of its own, and rotations reach all its positions") {
  const Layout layout(256);
  CHECK(layout.images() == 16);
  CHECK(Layout::rotations() == std::vector<int>{1, 2, 4, 8});
  Matrix patches(taps, 16 * positions);
  for (Eigen::Index i = 0; i < patches.size(); ++i) patches.data()[i] = static_cast<double>(i);
  std::vector<int> seen(static_cast<std::size_t>(patches.size()), 0);
  for (int group = 0; group < Layout::groups; ++group) {
    for (int tap = 0; tap < taps; ++tap) {
      for (const double value : layout.tap_values(patches, tap, group)) {
        ++seen[static_cast<std::size_t>(value)];
      }
    }
  }
  CHECK(std::ranges::count(seen, 1) == patches.size());
}

TEST_CASE("the network on simulated ciphertexts") {
  const auto results = Trained().run("simulated", "square,composite_5,composite_7");
  REQUIRE(results.size() == 3);
  check_simulated(results[0], 2);
  check_simulated(results[1], 4);
  check_simulated(results[2], 6);
}

TEST_CASE("the network on SEAL") { check_library("seal"); }
TEST_CASE("the network on OpenFHE") { check_library("openfhe"); }

TEST_CASE("labels that differ are listed with their margins") {
  Matrix plain = Matrix::Zero(classes, 3);
  plain(4, 0) = 2;
  plain(5, 1) = 1;
  plain(6, 1) = 0.75;
  plain(7, 2) = 4;
  Matrix encrypted = plain;
  encrypted(6, 1) = 1.25;
  EncryptedResult result;
  judge(result, encrypted, plain, {4, 5, 1});
  CHECK(result.plain_accuracy == doctest::Approx(200.0 / 3));
  CHECK(result.accuracy == doctest::Approx(100.0 / 3));
  CHECK(result.bits == doctest::Approx(3));  // 4 over 1/2
  REQUIRE(result.differences.size() == 1);
  const Difference& difference = result.differences[0];
  CHECK(difference.image == 1);
  CHECK(difference.plain_label == 5);
  CHECK(difference.encrypted_label == 6);
  CHECK(difference.plain_margin == 0.25);
  CHECK(difference.encrypted_margin == 0.25);
}

TEST_CASE("scales leave room for the scores") {
  for (const double largest : {0.5, 20.0, 3000.0}) {
    const ScoreScales scales = score_scales(largest, 60);
    CHECK(2 * largest * scales.product <= 0x1p+59);
    CHECK(2 * largest * scales.product > 0x1p+57);
    CHECK(scales.activation * scales.activation > scales.product);
  }
}
