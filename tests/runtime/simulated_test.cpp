// The simulated backend: refreshes between stages, the largest of slots, what noise does.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/simulated.hpp>
#include <string>
#include <vector>

#include "max_chain.hpp"
#include "narrow_rsqrt.hpp"
#include "relu_large.hpp"
#include "relu_small.hpp"
#include "sign_chain.hpp"
#include "sign_d63.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "wide_inverse.hpp"
#include "wide_rsqrt.hpp"

using namespace equiripple;

namespace {

SimulationParameters exact(int levels) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+45, 14);
  parameters.noisy = false;
  return parameters;
}

double plain_relu(double x) {
  plain clear;
  return relu_large::evaluate(clear, x);
}

}  // namespace

// {15,15,27} takes 4, 4 and 5 levels; x itself takes 5 with the last stage.
TEST_CASE("a stage is refreshed where the levels do not suffice, and no more often than needed") {
  struct Case {
    int levels;
    int refreshed_level;
    int refreshes;
    int left;
  };
  for (const Case& given : {Case{13, 9, 0, 0}, Case{12, 9, 1, 4}, Case{8, 9, 1, 3},
                            Case{7, 9, 1, 0}, Case{5, 5, 2, 0}, Case{6, 12, 1, 1}}) {
    CAPTURE(given.levels);
    CAPTURE(given.refreshed_level);
    bootstrapping_simulated he(exact(std::max(given.levels, given.refreshed_level)),
                               given.refreshed_level, -60);
    const double scale = he.modulus_at(he.top_level());
    const auto prepared = relu_large::prepare(he, given.levels, scale);
    CHECK(prepared.refreshes() == given.refreshes);
    CHECK(prepared.output_level() == given.left);
    const auto x = he.encrypt({0.7, -0.3, 0.001}, scale);
    const auto y = prepared.evaluate(he.drop_to_level(x, given.levels));
    CHECK(he.counts.refreshes == given.refreshes);
    CHECK(y.level == given.left);
    CHECK(y.scale == scale);
    CHECK(y.values[0] == doctest::Approx(plain_relu(0.7)).epsilon(1e-9));
    CHECK(y.values[1] == doctest::Approx(plain_relu(-0.3)).epsilon(1e-9));
  }
}

TEST_CASE("where no refresh helps the levels are reported") {
  bootstrapping_simulated he(exact(8), 3, -60);  // no stage fits into what a refresh gives
  CHECK_THROWS_AS(relu_large::prepare(he, 8, he.modulus_at(8)), not_enough_levels);
  bootstrapping_simulated low(exact(9), 9, -60);  // the first stage does not fit
  CHECK_THROWS_AS(relu_large::prepare(low, 3, low.modulus_at(3)), not_enough_levels);
  CHECK(test::work_of(low) == 0);
}

// EvalBootstrap takes no ciphertext of the last level: then the refresh comes a stage earlier, or
// the plan does not fit. {15,15,27} takes 4, 4 and 5 levels.
TEST_CASE("no stage arrives below the lowest level that can be refreshed") {
  struct Case {
    int levels;
    int lowest;
    int refreshes;
    int left;
  };
  for (const Case& given :
       {Case{8, 0, 1, 3}, Case{8, 1, 1, 0}, Case{9, 1, 1, 4}, Case{5, 1, 1, 0}}) {
    CAPTURE(given.levels);
    CAPTURE(given.lowest);
    constexpr int refreshed_level = 9;
    bootstrapping_simulated he(exact(refreshed_level), refreshed_level, -60, given.lowest);
    const double scale = he.modulus_at(he.top_level());
    const auto prepared = relu_large::prepare(he, given.levels, scale);
    CHECK(prepared.refreshes() == given.refreshes);
    CHECK(prepared.output_level() == given.left);
    for (const detail::Record& record : prepared.records()) {
      if (record.step != detail::Step::refresh) continue;
      CHECK(prepared.records()[record.left].level >= given.lowest);
    }
    const auto y =
        prepared.evaluate(he.drop_to_level(he.encrypt({0.7, -0.3}, scale), given.levels));
    CHECK(y.values[0] == doctest::Approx(plain_relu(0.7)).epsilon(1e-9));
  }
  // At 4 levels the first stage arrives at 0.
  bootstrapping_simulated to_the_last(exact(9), 9, -60);
  bootstrapping_simulated he(exact(9), 9, -60, 1);
  const double scale = he.modulus_at(9);
  CHECK(sign_chain::prepare(to_the_last, 4, scale).refreshes() == 1);
  try {
    static_cast<void>(sign_chain::prepare(he, 4, scale));
    FAIL("no exception");
  } catch (const not_enough_levels& lacking) {
    CHECK(lacking.needed == 5);
    CHECK(lacking.left == 4);
    CHECK(std::string(lacking.what()) ==
          "sign_chain needs 5 levels up to its first refresh (13 without one), the ciphertext has "
          "4 left");
  }
  CHECK(test::work_of(he) == 0);
  CHECK_THROWS_AS(he.refresh(he.drop_to_level(he.encrypt({0.5}, scale), 0)), evaluation_error);
  CHECK_THROWS_AS(bootstrapping_simulated(exact(9), 10, -60), wrong_level);
  CHECK_THROWS_AS(bootstrapping_simulated(exact(9), 9, -60, -1), wrong_level);
}

// A product that is not rescaled yet needs one level more, up to the first refresh and not in all.
TEST_CASE("an unrescaled product is refreshed as a rescaled one is") {
  bootstrapping_simulated he(exact(11), 9, -60, 1);
  const double scale = he.modulus_at(11);
  const auto x = he.encrypt({0.7, -0.3}, scale);
  const auto product = he.relinearize(he.multiply(x, x));
  CHECK(required_levels<relu_large::Plan>(he, x) == 5);
  CHECK(required_levels<relu_large::Plan>(he, product) == 6);
  const auto y = relu_large::evaluate(he, product);
  CHECK(he.counts.refreshes == 1);
  CHECK(y.values[0] == doctest::Approx(plain_relu(0.49)).epsilon(1e-9));
  const auto shallow = he.drop_to_level(product, 5);
  const int before = test::work_of(he);
  CHECK_THROWS_WITH_AS(
      relu_large::evaluate(he, shallow),
      "relu_large needs 6 levels up to its first refresh (14 without one), 1 of them to rescale "
      "the product that it was given, the ciphertext has 5 left",
      not_enough_levels);
  CHECK(test::work_of(he) == before);
}

// Half widths of 1/2 and 1/6: at the library's own scale the powers keep theirs.
TEST_CASE("a range below 1 does not let the scale fall") {
  const auto check = [](auto plan, double lower, double upper, double claimed) {
    using Plan = decltype(plan);
    test::ExactSimulation he(Plan::levels, 50);
    const double scale = he.modulus_at(he.top_level());
    REQUIRE(required_levels<Plan>(scale, scale) == Plan::levels);
    const auto prepared = prepare<Plan>(he, he.top_level(), scale);
    for (const auto& record : prepared.records()) CHECK(record.scale >= 0x1p+44);
    for (const double x : {lower, (lower + upper) / 2, upper}) {
      const auto y = prepared.evaluate(he.encrypt(x, scale));
      CHECK(y.level == 0);
      CHECK(y.scale == scale);
      CHECK(std::abs(y.values[0] * std::sqrt(x) - 1) <= claimed + 0x1p-36);
    }
  };
  check(wide_rsqrt::Plan{}, wide_rsqrt::Plan::lower, wide_rsqrt::Plan::upper,
        wide_rsqrt::claim.bound());
  check(narrow_rsqrt::Plan{}, narrow_rsqrt::Plan::lower, narrow_rsqrt::Plan::upper,
        narrow_rsqrt::claim.bound());
}

// Values of corrections are outside [-1, 1]: no bootstrapping takes them, and no guard looks at
// them.
TEST_CASE("corrections are neither refreshed nor guarded") {
  using Plan = wide_inverse::Plan;
  bootstrapping_simulated he(exact(16), 16, -60);
  const double scale = he.modulus_at(16);
  CHECK_THROWS_AS(wide_inverse::prepare(he, Plan::levels - 1, scale), not_enough_levels);
  CHECK(he.counts.encodings == 0);
  const std::vector<double> inputs = {Plan::lower, 0.1, Plan::upper};
  std::size_t looks = 0;
  const auto decrypt = [&](const simulated::Ciphertext& x) {
    ++looks;
    return x.values;
  };
  const auto y = evaluate_guarded<Plan>(he, he.encrypt(inputs, scale), decrypt);
  CHECK(looks == 1);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    CHECK(std::abs(y.values[i] * inputs[i] - 1) <= wide_inverse::claim.bound() + 0x1p-36);
  }
  const auto outside = he.encrypt({2.0}, scale);
  CHECK_THROWS_AS(evaluate_guarded<Plan>(he, outside, decrypt), outside_domain);
}

TEST_CASE("the largest of neighbouring slots") {
  const std::vector<double> values = {1, 4.5, -3, 2, 3, -4.5, 0, 4};
  for (const int count : {1, 2, 3, 4, 5, 8}) {
    CAPTURE(count);
    const int levels = rounds_of_max(count) * max_chain::Plan::levels;
    simulated he(exact(std::max(levels, 1)));
    const double scale = he.modulus_at(he.top_level()) / max_chain::Plan::half_width / 2;
    std::vector<int> steps;
    const auto rotate = [&](simulated::Ciphertext x, int step) {
      steps.push_back(step);
      std::rotate(x.values.begin(), x.values.begin() + step, x.values.end());
      return x;
    };
    const auto largest =
        max_of_slots<max_chain::Plan>(he, he.simulated::encrypt(values, scale), count, rotate);
    CHECK(static_cast<int>(steps.size()) == rounds_of_max(count));
    for (std::size_t i = 0; i < values.size(); ++i) {
      double expected = values[i];
      for (int k = 1; k < count; ++k) {
        expected = std::max(expected, values[(i + static_cast<std::size_t>(k)) % values.size()]);
      }
      const double error = rounds_of_max(count) * max_chain::claim.bound();
      CHECK(std::abs(largest.values[i] - expected) <= error);
    }
    if (count == 1) continue;
    simulated shallow(exact(levels - 1));
    steps.clear();
    CHECK_THROWS_AS(
        max_of_slots<max_chain::Plan>(shallow, shallow.encrypt(values, scale), count, rotate),
        not_enough_levels);
    CHECK(steps.empty());
  }
  simulated he(exact(1));
  const auto keep = [](const simulated::Ciphertext& x, int) { return x; };
  CHECK_THROWS_AS(max_of_slots<max_chain::Plan>(he, he.encrypt(values, 0x1p+40), 0, keep),
                  evaluation_error);
}

// The range takes a level in every round where the scale does not hold it.
TEST_CASE("the largest of slots counts the level for the range, before any rotation") {
  using Plan = max_chain::Plan;
  const std::vector<double> values = {1, 4.5, -3, 2};
  int rotations = 0;
  const auto rotate = [&](simulated::Ciphertext x, int step) {
    ++rotations;
    std::rotate(x.values.begin(), x.values.begin() + step, x.values.end());
    return x;
  };
  const int needed = 2 * (Plan::levels + 1);
  for (const int levels : {2 * Plan::levels, needed - 1}) {
    simulated he(exact(levels));
    const auto x = he.encrypt(values, he.modulus_at(levels));
    CHECK_THROWS_WITH_AS(
        max_of_slots<Plan>(he, x, 4, rotate),
        doctest::Contains(("needs " + std::to_string(needed) + " levels for the largest").c_str()),
        not_enough_levels);
    CHECK(rotations == 0);
    CHECK(test::work_of(he) == 0);
  }
  simulated he(exact(needed));
  const auto largest = max_of_slots<Plan>(he, he.encrypt(values, he.modulus_at(needed)), 4, rotate);
  CHECK(rotations == 2);
  CHECK(std::abs(largest.values[0] - 4.5) <= 2 * max_chain::claim.bound());
  // A product takes one more, once.
  simulated deep(exact(needed + 1));
  auto product = deep.encrypt(values, deep.modulus_at(needed));
  product.scale *= deep.modulus_at(needed + 1);
  CHECK(max_of_slots<Plan>(deep, product, 4, rotate).level == 0);
  // Of numbers that have levels to check.
  plain shallow(2 * Plan::levels - 1);
  const auto same = [&](double x, int) {
    ++rotations;
    return x;
  };
  rotations = 0;
  CHECK_THROWS_AS(max_of_slots<Plan>(shallow, 1.0, 4, same), not_enough_levels);
  CHECK(rotations == 0);
  plain enough(2 * Plan::levels);
  CHECK(std::abs(max_of_slots<Plan>(enough, 1.0, 4, same) - 1) <= 2 * max_chain::claim.bound());
}

// Stages of {7,15} take 3 and 4 levels: from 8 a refresh brings the second round what it needs.
TEST_CASE("the largest of slots with refreshes is checked round by round before any rotation") {
  using Plan = max_chain::Plan;
  int rotations = 0;
  const auto rotate = [&](simulated::Ciphertext x, int step) {
    ++rotations;
    std::rotate(x.values.begin(), x.values.begin() + step, x.values.end());
    return x;
  };
  bootstrapping_simulated he(exact(Plan::levels + 1), Plan::levels, -60, 1);
  const double scale = he.modulus_at(he.top_level()) / 20;
  const auto x = he.encrypt({1, 4.5, -3, 2}, scale);
  const auto y = max_of_slots<Plan>(he, x, 2, rotate);
  CHECK(rotations == 1);
  CHECK(std::abs(y.values[0] - 4.5) <= max_chain::claim.bound());
  rotations = 0;
  const int before = test::work_of(he);
  CHECK_THROWS_WITH_AS(max_of_slots<Plan>(he, x, 4, rotate), doctest::Contains("round 2"),
                       not_enough_levels);
  CHECK(rotations == 0);
  CHECK(test::work_of(he) == before);
}

// Errors fall as the scale grows, and a smaller ring has less: 2^10 and about 2.
TEST_CASE("noise follows the scale and the ring dimension") {
  const auto error = [](int log2_ring, double scale) {
    simulated he(sign_d63::Plan::levels, scale, log2_ring);
    std::vector<double> inputs;
    for (int i = -500; i <= 500; ++i) inputs.push_back(i / 500.0);
    const auto y = sign_d63::evaluate(he, he.encrypt(inputs, scale));
    plain clear;
    double squares = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      squares += std::pow(y.values[i] - sign_d63::evaluate(clear, inputs[i]), 2);
    }
    return std::log2(squares) / 2;
  };
  CHECK(error(14, 0x1p+40) - error(14, 0x1p+50) == doctest::Approx(10).epsilon(0.05));
  CHECK(error(15, 0x1p+40) - error(14, 0x1p+40) == doctest::Approx(1).epsilon(0.3));
}

TEST_CASE("the same seed gives the same noise") {
  const auto run = [](std::uint64_t seed) {
    SimulationParameters parameters;
    parameters.moduli = simulated_moduli(relu_small::Plan::levels, 0x1p+40, 13);
    parameters.seed = seed;
    simulated he(parameters);
    return relu_small::evaluate(he, he.encrypt({1, 2, 3}, 0x1p+40 / 50)).values;
  };
  CHECK(run(7) == run(7));
  CHECK(run(7) != run(8));
}

TEST_CASE("a simulation without room is refused") {
  CHECK_THROWS_AS(simulated_moduli(20, 0x1p+20, 15), evaluation_error);
  CHECK_THROWS_AS(simulated{SimulationParameters()}, evaluation_error);
}
