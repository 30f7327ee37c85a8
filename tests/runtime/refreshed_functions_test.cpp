// exp, 1/x, roots and quotients that are refreshed inside, on simulated ciphertexts whose refreshes
// add complex noise up to the bound: no error is above the claim.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/simulated.hpp>
#include <string>
#include <vector>

#include "divide_refreshed.hpp"
#include "exp_refreshed.hpp"
#include "exp_relative_refreshed.hpp"
#include "inverse_refreshed.hpp"
#include "rsqrt_refreshed.hpp"
#include "sqrt_refreshed.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

constexpr std::size_t slots = 4096;

// 4 * 10^4 values at an effort of 1.
int rounds() { return 10 * test::effort(); }

struct Trial {
  int levels = 0;  // of the input, and what a refresh leaves
  double lower = 0;
  double upper = 0;
  double range = 1;  // that the scale of the input holds
  bool is_relative = true;
  int lowest = 0;
};

// Values at both ends of the domain and all between, in their logarithms where they are above 0.
std::vector<double> drawn(test::Random& random, const Trial& trial) {
  std::vector<double> values = {trial.lower, trial.upper};
  while (values.size() < slots) {
    const double u = test::real_between(random, 0, 1);
    values.push_back(trial.lower > 0 ? trial.lower * std::pow(trial.upper / trial.lower, u)
                                     : trial.upper - (trial.upper - trial.lower) * u * u * u);
  }
  return values;
}

// The largest error with noise of this size.
template <class Plan, class Evaluate, class Exact>
double largest_error(const Trial& trial, double noise, const Evaluate& evaluate,
                     const Exact& exact) {
  REQUIRE(Plan::refreshes >= 1);
  test::Random random(test::seed());
  double largest = 0;
  for (int round = 0; round < rounds(); ++round) {
    SimulationParameters parameters;
    parameters.moduli = simulated_moduli(trial.levels, 0x1p+50, 14);
    parameters.noisy = false;  // the claim is about exact arithmetic and refreshes
    parameters.seed = static_cast<std::uint64_t>(round) + 1;
    refreshing_simulated he(parameters, trial.levels, noise, trial.lowest);
    const double scale = he.modulus_at(trial.levels) / trial.range;
    const std::vector<double> values = drawn(random, trial);
    const auto y = evaluate(he, values, scale);
    CHECK(he.counts.refreshes == Plan::refreshes);
    CHECK(he.counts.key_switches == Plan::key_switches);
    for (std::size_t i = 0; i < slots; ++i) {
      const double right = exact(values[i]);
      const double error = std::abs(y.values[i] - right);
      largest = std::max(largest, trial.is_relative ? error / std::abs(right) : error);
    }
  }
  return largest;
}

// Within the claim, and not within this fraction of it: the check sees a claim that is lowered.
template <class Plan, class Evaluate, class Exact>
void keeps_claim(const std::string& name, const Trial& trial, double claim, double fraction,
                 const Evaluate& evaluate, const Exact& exact) {
  const double largest = largest_error<Plan>(trial, Plan::refresh_noise, evaluate, exact);
  constexpr double rounding = 0x1p-40;  // of scalars at a scale of 2^50
  CHECK(largest <= claim + rounding);
  CHECK_FALSE(largest <= claim * fraction);
  MESSAGE(name, ": ", rounds() * static_cast<long>(slots), " values, largest error 2^",
          std::log2(largest), ", claimed 2^", std::log2(claim));
}

}  // namespace

TEST_CASE("exp keeps its claims with the noise of refreshes") {
  const auto exact = [](double x) { return std::exp(x); };
  keeps_claim<exp_refreshed::Plan>(
      "exp", {.levels = 3, .lower = -64, .upper = 0, .range = 64, .is_relative = false},
      exp_refreshed::claim.bound(), 0.5,
      [](auto& he, const auto& values, double scale) {
        return exp_refreshed::prepare(he, 3, scale).evaluate(he.encrypt(values, scale));
      },
      exact);
  keeps_claim<exp_relative_refreshed::Plan>(
      "exp, relative", {.levels = 3, .lower = -8, .upper = 3, .range = 8},
      exp_relative_refreshed::claim.bound(), 0.25,
      [](auto& he, const auto& values, double scale) {
        return exp_relative_refreshed::prepare(he, 3, scale).evaluate(he.encrypt(values, scale));
      },
      exact);
}

TEST_CASE("1/x and roots keep their claims with the noise of a refresh") {
  keeps_claim<inverse_refreshed::Plan>(
      "1/x", {.levels = 5, .lower = 0x1p-6, .upper = 1}, inverse_refreshed::claim.bound(), 0x1p-6,
      [](auto& he, const auto& values, double scale) {
        return inverse_refreshed::prepare(he, 5, scale).evaluate(he.encrypt(values, scale));
      },
      [](double x) { return 1 / x; });
  keeps_claim<rsqrt_refreshed::Plan>(
      "1/sqrt(x)", {.levels = 6, .lower = 0x1p-8, .upper = 1, .lowest = 1},
      rsqrt_refreshed::claim.bound(), 0x1p-6,
      [](auto& he, const auto& values, double scale) {
        return rsqrt_refreshed::prepare(he, 6, scale).evaluate(he.encrypt(values, scale));
      },
      [](double x) { return 1 / std::sqrt(x); });
  keeps_claim<sqrt_refreshed::Plan>(
      "sqrt(x)", {.levels = 6, .lower = 0x1p-8, .upper = 1, .lowest = 1},
      sqrt_refreshed::claim.bound(), 0x1p-6,
      [](auto& he, const auto& values, double scale) {
        return sqrt_refreshed::prepare(he, 6, scale).evaluate(he.encrypt(values, scale));
      },
      [](double x) { return std::sqrt(x); });
}

TEST_CASE("a quotient keeps its claim with the noise of a refresh") {
  static constexpr double numerator = 0.75;
  keeps_claim<divide_refreshed::Plan>(
      "a/b", {.levels = 5, .lower = 0x1p-4, .upper = 1}, divide_refreshed::claim.bound(), 0x1p-6,
      [](auto& he, const auto& values, double scale) {
        const std::vector<double> a(values.size(), numerator);
        return divide_refreshed::prepare(he, 5, scale)
            .evaluate(he.encrypt(a, scale), he.encrypt(values, scale));
      },
      [](double x) { return numerator / x; });
}

TEST_CASE("a start is refreshed at no greater noise than it was made for") {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(5, 0x1p+50, 14);
  refreshing_simulated he(parameters, 5, 2 * inverse_refreshed::Plan::refresh_noise);
  CHECK_THROWS_AS(inverse_refreshed::prepare(he, 5, he.modulus_at(5)), evaluation_error);
}
