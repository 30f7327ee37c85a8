// Key switches and the rescalings after them as one operation: where a backend has it, plans use it
// for every key switch, and nothing else changes.
#include <doctest/doctest.h>

#include <algorithm>
#include <equiripple/program.hpp>
#include <string>
#include <utility>
#include <vector>

#include "abs_chain.hpp"
#include "emit/targets/targets.hpp"
#include "max_chain.hpp"
#include "max_direct.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sigmoid_d31.hpp"
#include "sign_chain.hpp"
#include "sign_d63.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/support/made.hpp"
#include "wide_inverse.hpp"

using namespace equiripple;

namespace {

// Counts how it is called.
template <class Backend>
struct Fusing : Backend {
  using Backend::Backend;
  using typename Backend::Ciphertext;

  Ciphertext relinearize(Ciphertext x) {
    ++alone;
    return Backend::relinearize(std::move(x));
  }
  Ciphertext relinearize_and_rescale(const Ciphertext& x) {
    ++fused;
    return Backend::rescale(Backend::relinearize(x));
  }

  int alone = 0;
  int fused = 0;
};
using FusingSimulation = Fusing<test::ExactSimulation>;

static_assert(detail::fuses<FusingSimulation>::value);
static_assert(!detail::fuses<test::ExactSimulation>::value);

bool same_records(const std::vector<detail::Record>& x, const std::vector<detail::Record>& y) {
  return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                    [](const detail::Record& a, const detail::Record& b) {
                      return a.step == b.step && a.left == b.left && a.right == b.right &&
                             a.level == b.level && a.scale == b.scale && a.encoding == b.encoding;
                    });
}

template <class Plan, class... Inputs>
void check_plan(const Inputs&... inputs) {
  CAPTURE(std::string(Plan::name));
  for (const int spare : {0, 2}) {
    const int level = Plan::levels + spare;
    test::ExactSimulation separate(level, 45);
    FusingSimulation he(level, 45);
    const double scale = he.modulus_at(level) / Plan::half_width;
    const auto one = prepare<Plan>(separate, level, scale);
    const auto other = prepare<Plan>(he, level, scale);
    const auto expected = one.evaluate(separate.encrypt(inputs, scale)...);
    const auto result = other.evaluate(he.encrypt(inputs, scale)...);
    CHECK(he.fused == Plan::key_switches);
    CHECK(he.alone == 0);
    CHECK(he.counts.rescalings == Plan::rescalings);
    CHECK(result.values == expected.values);
    CHECK(result.level == expected.level);
    CHECK(result.scale == expected.scale);
    CHECK(same_records(one.records(), other.records()));
  }
}

// What the plans below have in common.
struct OnItsOwn {
  static constexpr const char* name = "written by hand";
  static constexpr int inputs = 1;
  [[maybe_unused]] static constexpr double lower = -1;
  [[maybe_unused]] static constexpr double upper = 1;
  static constexpr double half_width = 1;
  static constexpr double output_scale_factor = 1;
};

// x^4, from a square that two rescalings read.
struct RescaledTwice : OnItsOwn {
  static constexpr int levels = 2;
  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value square = he.relinearize(he.square(x));
    return he.rescale(he.relinearize(he.multiply(he.rescale(square), he.rescale(square))));
  }
};

// 2 x^2, added before it is rescaled.
struct AddedFirst : OnItsOwn {
  static constexpr int levels = 1;
  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value square = he.relinearize(he.square(x));
    return he.rescale(he.add(square, square));
  }
};

template <class Plan>
void check_kept_apart(int alone, int fused, double expected) {
  FusingSimulation he(Plan::levels, 45);
  const auto y = evaluate<Plan>(he, he.encrypt(0.75, he.modulus_at(Plan::levels)));
  CHECK(he.alone == alone);
  CHECK(he.fused == fused);
  CHECK(y.values[0] == doctest::Approx(expected).epsilon(1e-9));
}

}  // namespace

TEST_CASE("every key switch of a plan is fused with its rescaling, and nothing else changes") {
  check_plan<sigmoid_d31::Plan>(2.5);
  check_plan<sign_d63::Plan>(-0.4);
  check_plan<sign_chain::Plan>(0.6);
  check_plan<relu_small::Plan>(20.0);
  check_plan<relu_large::Plan>(0.4);
  check_plan<relu_single::Plan>(20.0);
  check_plan<abs_chain::Plan>(-1.0);
  check_plan<wide_inverse::Plan>(wide_inverse::Plan::upper / 2);
  check_plan<max_chain::Plan>(3.0, -2.0);
  check_plan<max_direct::Plan>(3.0, -2.0);
}

TEST_CASE("a relinearized value that something else reads is made on its own") {
  check_kept_apart<RescaledTwice>(1, 1, 0.75 * 0.75 * 0.75 * 0.75);
  check_kept_apart<AddedFirst>(1, 0, 2 * 0.75 * 0.75);
}

TEST_CASE("programs fuse as headers do") {
  const Program program = Program::parse(
      to_program(test::made_artifact({"relu", "--degrees", "7,7", "--range", "50"})));
  FusingSimulation he(relu_small::Plan::levels, 45);
  const double scale = he.modulus_at(relu_small::Plan::levels) / 50;
  const auto y = evaluate(program, he, he.encrypt(20, scale));
  CHECK(he.fused == relu_small::Plan::key_switches);
  CHECK(he.alone == 0);
  CHECK(y.values[0] == doctest::Approx(20).epsilon(0.1));
}

TEST_CASE("stages that are refreshed in between fuse as well") {
  const int refreshed = sign_chain::Plan::levels - 4;
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(refreshed + 1, 0x1p+45, 15);
  parameters.noisy = false;
  Fusing<bootstrapping_simulated> he(parameters, refreshed, -40.0);
  const auto y = evaluate<sign_chain::Plan>(he, he.encrypt({0.5}, he.modulus_at(refreshed + 1)));
  CHECK(he.counts.refreshes >= 1);
  CHECK(he.fused == sign_chain::Plan::key_switches);
  CHECK(he.alone == 0);
  CHECK(y.values[0] == doctest::Approx(1).epsilon(0.1));
}

TEST_CASE("a fused operation is held to the planned scale and level") {
  struct Drifting : FusingSimulation {
    using FusingSimulation::FusingSimulation;
    Ciphertext relinearize_and_rescale(const Ciphertext& x) {
      Ciphertext y = FusingSimulation::relinearize_and_rescale(x);
      y.scale *= scale_drift;
      y.level -= level_drift;
      return y;
    }
    double scale_drift = 1;
    int level_drift = 0;
  };
  using Plan = sign_d63::Plan;
  for (const bool by_scale : {true, false}) {
    Drifting he(Plan::levels + 1, 45);
    if (by_scale) he.scale_drift += 0x1p-30;
    if (!by_scale) he.level_drift = 1;
    const auto x = he.encrypt(0.5, he.modulus_at(Plan::levels + 1));
    if (by_scale) CHECK_THROWS_AS(evaluate<Plan>(he, x), wrong_scale);
    if (!by_scale) CHECK_THROWS_AS(evaluate<Plan>(he, x), evaluation_error);
  }
}
