// Headers that refresh their input, on simulated ciphertexts whose refreshes add complex noise up
// to the bound; and stages that are published, quantise or fold.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <string>
#include <vector>

#include "activation_refreshed.hpp"
#include "max_input.hpp"
#include "quantise_refreshed.hpp"
#include "relu_input.hpp"
#include "sign_input.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

constexpr std::size_t slots = 4096;
constexpr double arithmetic = 0x1p-24;  // of CKKS at a scale of 2^50, far above what is met

refreshing_simulated backend(int levels, double noise, std::uint64_t seed = 1, bool noisy = true) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+50, 14);
  parameters.noisy = noisy;
  parameters.seed = seed;
  return refreshing_simulated(parameters, levels, noise);
}

// Of sizes from `least` to `most`, the small ones more often.
std::vector<double> drawn(test::Random& random, double least, double most) {
  std::vector<double> values;
  for (std::size_t i = 0; i < slots; ++i) {
    const double u = test::real_between(random, 0, 1);
    const double size = least + (most - least) * (i % 2 == 0 ? u * u * u : u);
    values.push_back(i % 4 < 2 ? size : -size);
  }
  values[0] = most;
  values[1] = -most;
  return values;
}

// The largest error of the header's plan from an input with so many levels.
template <class Plan, class Right>
double largest_error(int levels, int start, double input_scale, const std::vector<double>& values,
                     std::uint64_t seed, const Right& right) {
  refreshing_simulated he = backend(levels, Plan::refresh_noise, seed);
  const auto x = he.drop_to_level(he.encrypt(values, input_scale), start);
  const auto y = evaluate<Plan>(he, x);
  CHECK(he.counts.refreshes == Plan::refreshes);
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(y.values[i] - right(values[i])));
  }
  return largest;
}

const auto rectified = [](double x) { return std::max(x, 0.0); };

}  // namespace

TEST_CASE("ReLU whose x has no level left keeps its claim") {
  using Plan = relu_input::Plan;
  test::Random random(test::seed());
  const double at_level = backend(8, Plan::refresh_noise).refresh_scale(0);
  double largest = 0;
  for (int round = 0; round < 4 * test::effort(); ++round) {
    const auto seed = static_cast<std::uint64_t>(round) + 1;
    const std::vector<double> values = drawn(random, 0, 50);
    // At the scale that a refresh takes no level is spent; at another one is.
    largest = std::max(
        largest, largest_error<Plan>(8, 0, at_level / Plan::half_width, values, seed, rectified));
    largest = std::max(largest, largest_error<Plan>(8, 1, 0x1p+44, values, seed, rectified));
  }
  CHECK(largest <= relu_input::claim.bound() + 50 * arithmetic);
  CHECK(largest >= relu_input::claim.bound() / 4);
  MESSAGE("largest error 2^", std::log2(largest / 50), ", claimed 2^",
          std::log2(relu_input::claim.bound() / 50));
}

TEST_CASE("a sign whose input has no level left keeps its claim outside the gap") {
  using Plan = sign_input::Plan;
  test::Random random(test::seed());
  const double at_level = backend(6, Plan::refresh_noise).refresh_scale(0);
  double largest = 0;
  for (int round = 0; round < 4 * test::effort(); ++round) {
    largest = std::max(
        largest, largest_error<Plan>(6, 0, at_level / Plan::half_width, drawn(random, 0x1p-4, 1),
                                     static_cast<std::uint64_t>(round) + 1,
                                     [](double x) { return x > 0 ? 1.0 : -1.0; }));
  }
  CHECK(largest <= sign_input::claim.bound() + arithmetic);
  CHECK(largest >= sign_input::claim.bound() / 4);
}

TEST_CASE("of two inputs the difference is refreshed, their sum is not") {
  using Plan = max_input::Plan;
  refreshing_simulated he = backend(8, Plan::refresh_noise);
  test::Random random(test::seed());
  const std::vector<double> a = drawn(random, 0, 2);
  std::vector<double> b = drawn(random, 0, 2);
  std::rotate(b.begin(), b.begin() + 7, b.end());
  const auto x = he.drop_to_level(he.encrypt(a, 0x1p+46), 2);
  const auto z = he.drop_to_level(he.encrypt(b, 0x1p+46), 2);
  const auto y = evaluate<Plan>(he, x, z);
  CHECK(he.counts.refreshes == Plan::refreshes);
  CHECK(he.counts.key_switches == Plan::key_switches);
  for (std::size_t i = 0; i < slots; ++i) {
    REQUIRE(std::abs(y.values[i] - std::max(a[i], b[i])) <= max_input::claim.bound() + arithmetic);
  }
}

TEST_CASE("what lacks a level, or a refresh, for the input is refused before any work") {
  using Plan = relu_input::Plan;
  refreshing_simulated he = backend(8, Plan::refresh_noise);
  const auto low = he.drop_to_level(he.encrypt({0.5}, 0x1p+44), 0);
  CHECK_THROWS_AS(evaluate<Plan>(he, low), not_enough_levels);
  CHECK(required_levels<Plan>(he, he.encrypt({0.5}, 0x1p+44)) == 1);
  CHECK(required_levels<Plan>(he, he.encrypt({0.5}, he.refresh_scale(0) / Plan::half_width)) == 0);
  refreshing_simulated louder = backend(8, Plan::refresh_noise * 1.01);
  CHECK_THROWS_WITH_AS(evaluate<Plan>(louder, louder.encrypt({0.5}, 0x1p+44)),
                       doctest::Contains("made for refreshes that add at most"), evaluation_error);
  CHECK(he.counts.refreshes == 0);
  CHECK(louder.counts.tensor_products == 0);
}

TEST_CASE("a program whose input is refreshed is its header, and numbers are not refreshed") {
  const std::string text =
      test::content_of(test::build_folder() + "/tests/generated/relu_input.program");
  const Program program = Program::parse(text);
  CHECK(program.refreshes() == relu_input::Plan::refreshes);
  refreshing_simulated one = backend(8, relu_input::Plan::refresh_noise);
  refreshing_simulated other = backend(8, relu_input::Plan::refresh_noise);
  const auto a = evaluate(program, one, one.encrypt({30, -0.1}, 0x1p+44));
  const auto b = relu_input::evaluate(other, other.encrypt({30, -0.1}, 0x1p+44));
  CHECK(a.values == b.values);
  plain clear;
  CHECK(evaluate(program, clear, 30.0) ==
        doctest::Approx(relu_input::evaluate(clear, 30.0)).epsilon(1e-12));
  CHECK(std::abs(relu_input::evaluate(clear, 30.0) - 30) <= relu_input::claim.bound());
  std::string twice = text;
  const std::size_t line = twice.find("step refreshed_input");
  const std::string step = twice.substr(line, twice.find('\n', line) + 1 - line);
  twice.insert(line, "step again" + step.substr(std::string("step refreshed_input").size()));
  CHECK_THROWS_AS(Program::parse(twice), malformed_program);
}

TEST_CASE("quantisers and folds keep their claims with the noise of a refresh") {
  test::Random random(test::seed());
  double quantised = 0;
  double folded = 0;
  for (int round = 0; round < 4 * test::effort(); ++round) {
    const auto seed = static_cast<std::uint64_t>(round) + 1;
    std::vector<double> values;  // of -1, 0 and 1, a quarter from the middles or farther
    for (std::size_t i = 0; i < slots; ++i) {
      const double u = test::real_between(random, -0.25, 0.25);
      values.push_back(static_cast<double>(i % 3) - 1 + u);
    }
    quantised = std::max(
        quantised, largest_error<quantise_refreshed::Plan>(5, 5, 0x1p+49, values, seed,
                                                           [](double x) { return std::round(x); }));
    folded = std::max(folded, largest_error<activation_refreshed::Plan>(
                                  6, 6, 0x1p+42, drawn(random, 0, 256), seed,
                                  [](double x) { return 1 / (1 + std::exp(-x)); }));
  }
  CHECK(quantised <= quantise_refreshed::claim.bound() + arithmetic);
  CHECK(quantised >= quantise_refreshed::claim.bound() / 16);
  CHECK(folded <= activation_refreshed::claim.bound() + 256 * arithmetic);
  CHECK(folded >= activation_refreshed::claim.bound() / 16);
}
