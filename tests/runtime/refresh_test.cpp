// Headers that say where they are refreshed, on simulated ciphertexts whose refreshes add complex
// noise up to the bound: no sign outside the gap is wrong, no error is above the claim.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "max_refreshed.hpp"
#include "relu_large.hpp"
#include "relu_refreshed.hpp"
#include "sign_refreshed.hpp"
#include "step_refreshed.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

SimulationParameters parameters_of(int levels, bool noisy, std::uint64_t seed = 1) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+50, 14);
  parameters.noisy = noisy;
  parameters.seed = seed;
  return parameters;
}

constexpr std::size_t slots = 4096;

// Half of them near the ends of the gap, where noise harms most.
std::vector<double> drawn(test::Random& random, double gap, double range) {
  const auto unit = [&] { return test::real_between(random, 0, 1); };
  std::vector<double> values;
  for (std::size_t i = 0; i < slots; ++i) {
    const double size =
        i % 2 == 0 ? gap + (range - gap) * std::pow(unit(), 3) : gap * (1 + 2 * unit());
    values.push_back(std::copysign(std::min(size, range), unit() - 0.5));
  }
  return values;
}

// 10^5 values at an effort of 1.
int rounds() { return 25 * test::effort(); }

constexpr double arithmetic = 0x1p-24;  // of CKKS at a scale of 2^50, far above what is met

}  // namespace

TEST_CASE("no sign outside the gap is wrong with the noise of a refresh") {
  using Plan = sign_refreshed::Plan;
  REQUIRE(Plan::refreshes == 1);
  const double gap = sign_refreshed::domain_1[1][0];
  test::Random random(test::seed());
  long wrong = 0;
  double largest = 0;
  for (int round = 0; round < rounds(); ++round) {
    refreshing_simulated he(parameters_of(6, true, static_cast<std::uint64_t>(round) + 1), 6,
                            Plan::refresh_noise);
    const double scale = he.modulus_at(6);
    const auto prepared = sign_refreshed::prepare(he, 6, scale);
    REQUIRE(prepared.refreshes() == 1);
    const std::vector<double> values = drawn(random, gap, 1);
    const auto y = prepared.evaluate(he.encrypt(values, scale));
    for (std::size_t i = 0; i < slots; ++i) {
      const double right = values[i] > 0 ? 1 : -1;
      wrong += y.values[i] * right > 0 ? 0 : 1;
      largest = std::max(largest, std::abs(y.values[i] - right));
    }
  }
  CHECK(wrong == 0);
  CHECK(largest <= sign_refreshed::claim.bound() + arithmetic);
  CHECK(largest >= sign_refreshed::claim.bound() / 2);
  MESSAGE((rounds() * static_cast<long>(slots)), " values, ", wrong,
          " signs wrong, largest error 2^", std::log2(largest), ", claimed 2^",
          std::log2(sign_refreshed::claim.bound()));
}

TEST_CASE("a threshold away from 0 keeps its claim with the noise of a refresh") {
  using Plan = step_refreshed::Plan;
  REQUIRE(Plan::refreshes == 1);
  test::Random random(test::seed());
  double largest = 0;
  for (int round = 0; round < rounds(); ++round) {
    refreshing_simulated he(parameters_of(5, true, static_cast<std::uint64_t>(round) + 1), 5,
                            Plan::refresh_noise);
    std::vector<double> values(slots);
    for (std::size_t i = 0; i < slots; ++i) {
      const double distance = test::real_between(random, 0, 1);
      const double width = i % 2 == 0 ? 0.65 : 1.25;  // above 0.35, below 0.25
      values[i] =
          i % 2 == 0 ? 0.35 + width * distance * distance : 0.25 - width * distance * distance;
    }
    const auto prepared = step_refreshed::prepare(he, 5, he.modulus_at(5));
    const auto y = prepared.evaluate(he.encrypt(values, he.modulus_at(5)));
    for (std::size_t i = 0; i < slots; ++i) {
      largest = std::max(largest, std::abs(y.values[i] - (values[i] > 0.3 ? 1 : 0)));
    }
  }
  CHECK(largest <= step_refreshed::claim.bound() + arithmetic);
  CHECK(largest >= step_refreshed::claim.bound() / 2);
}

TEST_CASE("ReLU with refreshes keeps its claim over all of the range") {
  using Plan = relu_refreshed::Plan;
  test::Random random(test::seed());
  double largest = 0;
  for (int round = 0; round < rounds(); ++round) {
    refreshing_simulated he(parameters_of(8, true, static_cast<std::uint64_t>(round) + 1), 8,
                            Plan::refresh_noise);
    const double scale = he.modulus_at(8) / 8;  // holds the range of 8
    const auto prepared = relu_refreshed::prepare(he, 8, scale);
    REQUIRE(prepared.refreshes() == Plan::refreshes);
    const double gap = relu_refreshed::domain_1[1][0];
    std::vector<double> values = drawn(random, gap / 4, 8);
    const auto y = prepared.evaluate(he.encrypt(values, scale));
    for (std::size_t i = 0; i < slots; ++i) {
      largest = std::max(largest, std::abs(y.values[i] - std::max(values[i], 0.0)));
    }
  }
  CHECK(largest <= relu_refreshed::claim.bound() + 8 * arithmetic);
  CHECK(largest >= relu_refreshed::claim.bound() / 4);
  MESSAGE((rounds() * static_cast<long>(slots)), " values, largest error 2^", std::log2(largest),
          ", claimed 2^", std::log2(relu_refreshed::claim.bound()));
}

TEST_CASE("a function of two inputs is refreshed as well") {
  using Plan = max_refreshed::Plan;
  refreshing_simulated he(parameters_of(7, true), 7, Plan::refresh_noise, 1);
  const double scale = he.modulus_at(7);
  test::Random random(test::seed());
  const std::vector<double> a = drawn(random, 0.001, 0.5);
  const std::vector<double> b = drawn(random, 0.001, 0.5);
  const auto y =
      max_refreshed::prepare(he, 7, scale).evaluate(he.encrypt(a, scale), he.encrypt(b, scale));
  CHECK(he.counts.refreshes == Plan::refreshes);
  CHECK(he.counts.key_switches == Plan::key_switches);
  for (std::size_t i = 0; i < slots; ++i) {
    REQUIRE(std::abs(y.values[i] - std::max(a[i], b[i])) <=
            max_refreshed::claim.bound() + arithmetic);
  }
}

TEST_CASE("without noise the refreshed program is the one of plain numbers") {
  refreshing_simulated he(parameters_of(6, false), 6, 0);
  plain clear;
  const double scale = he.modulus_at(6);
  const auto y = sign_refreshed::evaluate(he, he.encrypt({0.5, -0.02}, scale));
  CHECK(y.values[0] == doctest::Approx(sign_refreshed::evaluate(clear, 0.5)).epsilon(1e-9));
  CHECK(y.values[1] == doctest::Approx(sign_refreshed::evaluate(clear, -0.02)).epsilon(1e-9));
  CHECK(he.counts.refreshes == 1);
  CHECK(he.counts.key_switches == sign_refreshed::Plan::key_switches);
}

TEST_CASE("what a refresh leaves, takes or adds otherwise is refused before any work") {
  using Plan = sign_refreshed::Plan;
  refreshing_simulated too_few(parameters_of(6, false), 2, Plan::refresh_noise);
  const double scale = too_few.modulus_at(6);
  CHECK_THROWS_WITH_AS(sign_refreshed::prepare(too_few, 6, scale),
                       doctest::Contains("does not fit into what a refresh"), evaluation_error);
  refreshing_simulated louder(parameters_of(6, false), 6, Plan::refresh_noise * 1.01);
  CHECK_THROWS_WITH_AS(sign_refreshed::prepare(louder, 6, scale),
                       doctest::Contains("made for refreshes that add at most"), evaluation_error);
  refreshing_simulated he(parameters_of(6, false), 6, Plan::refresh_noise);
  const int needed = required_levels<Plan>(he, he.encrypt({0.5}, scale));
  CHECK(needed == 6);
  CHECK_THROWS_AS(sign_refreshed::prepare(he, needed - 1, scale), not_enough_levels);
  // 7, 7, 7 with a refresh after six levels arrives at level 0.
  refreshing_simulated higher(parameters_of(7, false), 6, Plan::refresh_noise, 1);
  CHECK_THROWS_AS(sign_refreshed::prepare(higher, 6, scale), not_enough_levels);
  CHECK_NOTHROW(sign_refreshed::prepare(higher, 7, scale));
  for (const refreshing_simulated* each : {&too_few, &louder, &he, &higher}) {
    CHECK(each->counts.refreshes == 0);
    CHECK(each->counts.tensor_products == 0);
  }
}

TEST_CASE("a header that was made for no refresh is not refreshed in silence") {
  refreshing_simulated he(parameters_of(9, false), 9, 0x1p-10);
  CHECK_THROWS_WITH_AS(relu_large::prepare(he, 9, he.modulus_at(9)),
                       doctest::Contains("it was made for no refresh"), not_enough_levels);
  bootstrapping_simulated any(parameters_of(9, false), 9, -60);
  CHECK(relu_large::prepare(any, 9, any.modulus_at(9)).refreshes() == 1);
}

TEST_CASE("a program of the second version is refreshed as its header is") {
  using Plan = sign_refreshed::Plan;
  const std::string text =
      test::content_of(test::build_folder() + "/tests/generated/sign_refreshed.program");
  const Program program = Program::parse(text);
  CHECK(program.refreshes() == 1);
  CHECK(program.key_switches() == Plan::key_switches);
  refreshing_simulated one(parameters_of(6, true), 6, Plan::refresh_noise);
  refreshing_simulated other(parameters_of(6, true), 6, Plan::refresh_noise);
  const double scale = one.modulus_at(6);
  const auto a = evaluate(program, one, one.encrypt({0.5, -0.1}, scale));
  const auto b = sign_refreshed::evaluate(other, other.encrypt({0.5, -0.1}, scale));
  CHECK(a.values == b.values);
  plain clear;
  CHECK(evaluate(program, clear, 0.5) == sign_refreshed::evaluate(clear, 0.5));
  simulated without(parameters_of(9, false));
  CHECK_THROWS_WITH_AS(evaluate(program, without, without.encrypt({0.5}, scale)),
                       doctest::Contains("the backend needs refresh"), evaluation_error);
  // The word is none of the first version; a bound of noise is wanted in the second.
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return changed;
  };
  CHECK_THROWS_AS(Program::parse(replaced("equiripple-program 2", "equiripple-program 1")),
                  malformed_program);
  CHECK_THROWS_AS(Program::parse(replaced("refresh_noise 0x1", "refresh_noise -0x1")),
                  malformed_program);
}
