// Inputs brought down to the levels that a result at a level needs: the same value, fewer primes;
// and what cannot be had is refused before any work.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <string>
#include <vector>

#include "emit/targets/targets.hpp"
#include "max_chain.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sign_d63.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;
using test::work_of;

namespace {

constexpr int levels = 18;

// Its operations, each by the primes that it is computed with.
struct CountingPrimes : test::ExactSimulation {
  using ExactSimulation::ExactSimulation;
  Ciphertext relinearize(const Ciphertext& x) {
    primes += x.level + 1;
    return ExactSimulation::relinearize(x);
  }
  int primes = 0;
};

template <class Plan>
void check_levels(double value, double scale) {
  CAPTURE(std::string(Plan::name));
  CountingPrimes he(levels, 45);
  const auto x = he.encrypt(value, scale);
  const int needed = required_levels<Plan>(he, x);
  const auto expected = evaluate<Plan>(he, x);
  const int all_primes = he.primes;
  for (int wanted = 0; wanted <= levels - needed; ++wanted) {
    CAPTURE(wanted);
    he.primes = 0;
    const auto lower = at_output_level<Plan>(he, x, wanted);
    CHECK(lower.level == wanted + needed);
    CHECK(lower.scale == x.scale);
    const auto y = evaluate<Plan>(he, lower);
    CHECK(y.level == wanted);
    CHECK(y.values[0] == doctest::Approx(expected.values[0]).epsilon(1e-9));
    CHECK(he.primes == all_primes - (levels - needed - wanted) * Plan::key_switches);
  }
  const int before = work_of(he);
  CHECK_THROWS_AS(at_output_level<Plan>(he, x, levels - needed + 1), not_enough_levels);
  CHECK_THROWS_WITH_AS(at_output_level<Plan>(he, x, -1), doctest::Contains("level -1"),
                       wrong_level);
  CHECK(work_of(he) == before);
}

}  // namespace

TEST_CASE("the result is at the level asked for, with as few primes as that takes") {
  check_levels<sign_d63::Plan>(0.4, 0x1p+45);
  check_levels<relu_small::Plan>(20, 0x1p+45 / 64);
  check_levels<relu_small::Plan>(20, 0x1p+45);  // a level more, for the range
  check_levels<relu_large::Plan>(-0.3, 0x1p+45);
  check_levels<relu_single::Plan>(20, 0x1p+45);
}

TEST_CASE("what is lacking is said in levels") {
  test::ExactSimulation he(8, 45);
  const auto x = he.encrypt(20, 0x1p+45 / 64);
  try {
    static_cast<void>(at_output_level<relu_small::Plan>(he, x, 4));
    FAIL("no exception");
  } catch (const not_enough_levels& lacking) {
    CHECK(lacking.needed == relu_small::Plan::levels + 4);
    CHECK(lacking.left == 8);
    CHECK(std::string(lacking.what()).find("for a result at level 4") != std::string::npos);
  }
  const auto low = he.drop_to_level(x, 3);
  CHECK_THROWS_AS(at_output_level<relu_small::Plan>(he, low, 0), not_enough_levels);
  auto product = x;
  product.components = 3;
  CHECK_THROWS_AS(at_output_level<relu_small::Plan>(he, product, 0), wrong_ciphertext);
}

TEST_CASE("a product that is not rescaled yet keeps the level for that") {
  test::ExactSimulation he(levels, 45);
  const auto x = he.encrypt(0.5, 0x1p+45);
  const auto product = he.relinearize(he.multiply(x, x));
  const auto lower = at_output_level<sign_d63::Plan>(he, product, 2);
  CHECK(lower.level == 2 + sign_d63::Plan::levels + 1);
  CHECK(lower.level == 2 + required_levels<sign_d63::Plan>(he, product));
  CHECK(evaluate<sign_d63::Plan>(he, lower).level == 2);
}

TEST_CASE("one of two inputs, programs, and numbers") {
  test::ExactSimulation he(levels, 45);
  const double scale = 0x1p+45 / 16;
  const auto a = at_output_level<max_chain::Plan>(he, he.encrypt(3, scale), 1);
  const auto y = max_chain::evaluate(he, a, he.encrypt(-2, scale));
  CHECK(y.level == 1);
  const Program program = Program::parse(
      to_program(test::made_artifact({"relu", "--degrees", "7,7", "--range", "50"})));
  const auto x = he.encrypt(20, scale);
  CHECK(at_output_level(program, he, x, 3).level ==
        at_output_level<relu_small::Plan>(he, x, 3).level);
  plain numbers;
  CHECK(at_output_level<relu_small::Plan>(numbers, 7.0, 3) == 7.0);
}

TEST_CASE("where a refresh comes between, the level that it leaves, and no other") {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(14, 0x1p+45, 15);
  parameters.noisy = false;
  bootstrapping_simulated he(parameters, 9, -40.0, 1);
  const auto x = he.drop_to_level(he.encrypt({0.3}, 0x1p+45), 12);
  const auto ready = relu_large::prepare(he, 12, x.scale);
  REQUIRE(ready.refreshes() == 1);
  const auto lower = at_output_level<relu_large::Plan>(he, x, ready.output_level());
  CHECK(lower.level < 12);
  const auto of_lower = relu_large::prepare(he, lower.level, lower.scale);
  CHECK(of_lower.refreshes() == 1);
  CHECK(of_lower.output_level() == ready.output_level());
  CHECK_THROWS_WITH_AS(at_output_level<relu_large::Plan>(he, x, ready.output_level() + 1),
                       doctest::Contains("a refresh leaves"), evaluation_error);
  // Where all levels are there, none comes between.
  const auto whole = he.encrypt({0.3}, 0x1p+45);
  CHECK(at_output_level<relu_large::Plan>(he, whole, 0).level == relu_large::Plan::levels);
}
