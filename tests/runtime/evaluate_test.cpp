// Emitted headers, evaluated as an application evaluates them.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/plain.hpp>

#include "abs_chain.hpp"
#include "compare_chain.hpp"
#include "constant.hpp"
#include "cos_d64.hpp"
#include "emit/cpp_header.hpp"
#include "exp_d12.hpp"
#include "generator/chebyshev.hpp"
#include "line.hpp"
#include "log_d20.hpp"
#include "max_chain.hpp"
#include "max_direct.hpp"
#include "min_chain.hpp"
#include "relu_direct.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sigmoid_d31.hpp"
#include "sign_chain.hpp"
#include "sign_d63.hpp"
#include "step_chain.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

using Wide = Real<256>;

Artifact artifact_of(const std::string& name) {
  const auto read = artifact_from_cpp(
      test::content_of(test::build_folder() + "/tests/generated/" + name + ".hpp"));
  REQUIRE_MESSAGE(read.has_value(), read.error().why);
  return *read;
}

// The stored stages by Clenshaw in 256 bits.
double reference_value(const Artifact& artifact, double x) {
  Wide y = x;
  for (const StageRecord& stage : artifact.stages) y = SeriesEvaluator<Wide>(stage.polynomial)(y);
  switch (artifact.kind) {
    case Kind::step: return convert<double>(Wide((1 + y) / 2));
    case Kind::relu: return convert<double>(Wide(x * (1 + y) / 2));
    case Kind::abs: return convert<double>(Wide(x * y));
    default: return convert<double>(y);
  }
}

template <class Plan>
double slack(const Artifact& artifact) {
  // A few ulps times the growth; a stage passes on the error of the one before, times its slope.
  double size = std::max(std::abs(Plan::lower), std::abs(Plan::upper));
  if (artifact.kind != Kind::relu && artifact.kind != Kind::abs) size = 1;
  const Interval& range = artifact.stages.back().range.back();
  size *= std::max({1.0, std::abs(to_double(range.lower)), std::abs(to_double(range.upper))});
  double amplification = 1;
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    amplification *= i == 0 ? 1 : artifact.stages[i].polynomial.degree();
  }
  return 64 * Plan::growth * size * amplification * 0x1p-53;
}

}  // namespace

#define CHECK_PLAIN(name)                                                                  \
  SUBCASE(#name) {                                                                         \
    const Artifact artifact = artifact_of(#name);                                          \
    plain he;                                                                              \
    for (int i = 0; i <= 200; ++i) {                                                       \
      const double x =                                                                     \
          std::min(name::Plan::upper,                                                      \
                   name::Plan::lower + (name::Plan::upper - name::Plan::lower) * i / 200); \
      CAPTURE(x);                                                                          \
      CHECK(std::abs(name::evaluate(he, x) - reference_value(artifact, x)) <=              \
            slack<name::Plan>(artifact));                                                  \
    }                                                                                      \
  }

TEST_CASE("plain evaluation is Clenshaw's value"){
    CHECK_PLAIN(constant) CHECK_PLAIN(line) CHECK_PLAIN(sigmoid_d31) CHECK_PLAIN(exp_d12)
        CHECK_PLAIN(log_d20) CHECK_PLAIN(cos_d64) CHECK_PLAIN(sign_d63) CHECK_PLAIN(sign_chain)
            CHECK_PLAIN(step_chain) CHECK_PLAIN(relu_small) CHECK_PLAIN(relu_large)
                CHECK_PLAIN(relu_single) CHECK_PLAIN(abs_chain)}

TEST_CASE("the claims hold for what an application computes") {
  plain he;
  constexpr double rounding = 1e-11;
  double largest = 0;
  for (int i = -1000; i <= 1000; ++i) {
    const double x = 50 * i / 1000.0;
    const double error = std::abs(relu_small::evaluate(he, x) - std::max(x, 0.0));
    largest = std::max(largest, error);
    CHECK(error <= relu_small::claim.bound() + 50 * rounding);
    CHECK(std::abs(relu_direct::evaluate(he, x) - std::max(x, 0.0)) <=
          relu_direct::claim.bound() + 50 * rounding);
    CHECK(std::abs(abs_chain::evaluate(he, x / 25) - std::abs(x / 25)) <=
          abs_chain::claim.bound() + rounding);
    const double a = x / 5;
    const double b = 3.0 - x / 20;
    if (std::abs(a - b) > 10) continue;
    CHECK(std::abs(max_chain::evaluate(he, a, b) - std::max(a, b)) <=
          max_chain::claim.bound() + 10 * rounding);
    CHECK(std::abs(max_direct::evaluate(he, a, b) - std::max(a, b)) <=
          max_direct::claim.bound() + 10 * rounding);
    CHECK(std::abs(min_chain::evaluate(he, a, b) - std::min(a, b)) <=
          min_chain::claim.bound() + 10 * rounding);
    const double u = x / 100;
    if (std::abs(u) >= 1.0 / 16) {
      CHECK(std::abs(compare_chain::evaluate(he, u + 2, 2.0) - (u > 0 ? 1 : 0)) <=
            compare_chain::claim.bound() + rounding);
    }
  }
  CHECK(largest >= relu_small::claim.bound() / 2);  // in the unit of the range, and no other
  for (int i = 0; i <= 1000; ++i) {
    const double x = -8 + 16 * i / 1000.0;
    CHECK(std::abs(sigmoid_d31::evaluate(he, x) - 1 / (1 + std::exp(-x))) <=
          sigmoid_d31::claim.bound() + rounding);
  }
}

TEST_CASE("an input outside the range is an exception with the numbers") {
  plain he;
  CHECK_NOTHROW(relu_small::evaluate(he, 50.0));
  CHECK_NOTHROW(relu_small::evaluate(he, -50.0));
  CHECK_THROWS_WITH_AS(relu_small::evaluate(he, 50.5), doctest::Contains("50.5"), outside_range);
  CHECK_THROWS_AS(relu_small::evaluate(he, std::nan("")), outside_range);
  CHECK_THROWS_AS(max_chain::evaluate(he, 11.0, 0.0), outside_range);
  CHECK_NOTHROW(max_chain::evaluate(he, 111.0, 110.0));
}

TEST_CASE("too few levels are an exception with the numbers") {
  plain enough(relu_small::Plan::levels);
  CHECK_NOTHROW(relu_small::evaluate(enough, 1.0));
  plain lacking(relu_small::Plan::levels - 1);
  try {
    static_cast<void>(relu_small::evaluate(lacking, 1.0));
    FAIL("no exception");
  } catch (const not_enough_levels& error) {
    CHECK(error.needed == relu_small::Plan::levels);
    CHECK(error.left == relu_small::Plan::levels - 1);
  }
}

// On a backend that behaves as SEAL: all additions meet at equal levels and scales (it throws
// otherwise), the operations are those of the printed costs, and the value is right.
#define CHECK_SIMULATED(name, input)                                                          \
  SUBCASE(#name) {                                                                            \
    using Plan = name::Plan;                                                                  \
    for (const int spare : {0, 3}) {                                                          \
      test::ExactSimulation he(Plan::levels + spare, 45);                                     \
      const double scale = he.modulus_at(Plan::levels + spare) / Plan::half_width;            \
      const auto result = name::evaluate(he, he.encrypt(input, scale));                       \
      CHECK(result.scale == scale);                                                           \
      CHECK(result.level == spare);                                                           \
      CHECK(he.counts.key_switches == Plan::key_switches);                                    \
      CHECK(he.counts.tensor_products == Plan::tensor_products);                              \
      CHECK(he.counts.rescalings == Plan::rescalings);                                        \
      CHECK(he.counts.scalar_products == Plan::scalar_products);                              \
      plain clear;                                                                            \
      CHECK(result.values[0] == doctest::Approx(name::evaluate(clear, input)).epsilon(1e-9)); \
    }                                                                                         \
  }

TEST_CASE("exact scales on a backend with moduli that are no powers of two"){
    CHECK_SIMULATED(line, 0.3) CHECK_SIMULATED(sigmoid_d31, 2.5) CHECK_SIMULATED(exp_d12, -0.7)
        CHECK_SIMULATED(log_d20, 0.3)
            CHECK_SIMULATED(cos_d64, 0.2)  // its last coefficients vanish at these scales
    CHECK_SIMULATED(sign_d63, -0.4) CHECK_SIMULATED(sign_chain, 0.6)
        CHECK_SIMULATED(step_chain, 1.5) CHECK_SIMULATED(relu_small, 20.0)
            CHECK_SIMULATED(relu_large, 0.4) CHECK_SIMULATED(abs_chain, -1.0)
                CHECK_SIMULATED(relu_direct, -30.0)}

// The leading coefficient is in the scale of the result: three levels for degree 7, as for sign.
TEST_CASE("an absorbed coefficient is read off the scale of the result") {
  using Plan = relu_single::Plan;
  static_assert(Plan::output_scale_factor != 1);
  CHECK(Plan::levels == 3);
  plain clear;
  for (const int spare : {0, 2}) {
    test::ExactSimulation he(Plan::levels + spare, 45);
    const double scale = he.modulus_at(Plan::levels + spare) / Plan::half_width;
    const auto result = relu_single::evaluate(he, he.encrypt(20, scale));
    CHECK(result.level == spare);
    CHECK(he.counts.key_switches == Plan::key_switches);
    CHECK(result.values[0] == doctest::Approx(relu_single::evaluate(clear, 20.0)).epsilon(1e-9));
    CHECK_THROWS_AS(relu_single::evaluate(he, he.encrypt(20, scale), scale * 1.25), wrong_scale);
    CHECK_NOTHROW(relu_single::evaluate(he, he.encrypt(20, scale), result.scale));
  }
  // Where the range takes a level, x is above the variable.
  test::ExactSimulation he(Plan::levels + 1, 45);
  const auto result = relu_single::evaluate(he, he.encrypt(20, he.modulus_at(Plan::levels + 1)));
  CHECK(result.level == 0);
  CHECK(result.values[0] == doctest::Approx(relu_single::evaluate(clear, 20.0)).epsilon(1e-9));
}

TEST_CASE("two ciphertexts") {
  plain clear;
  using Plan = max_chain::Plan;
  test::ExactSimulation he(Plan::levels, 45);
  const double scale = he.modulus_at(Plan::levels) / Plan::half_width;
  const auto result = max_chain::evaluate(he, he.encrypt(3, scale), he.encrypt(-2, scale));
  CHECK(result.values[0] == doctest::Approx(max_chain::evaluate(clear, 3.0, -2.0)).epsilon(1e-9));
  CHECK(he.counts.key_switches == Plan::key_switches);
  auto other = he.encrypt(1, scale * 2);
  CHECK_THROWS_AS(max_chain::evaluate(he, he.encrypt(3, scale), other), wrong_scale);
  // One with levels to spare is brought down to the other.
  test::ExactSimulation deeper(Plan::levels + 2, 45);
  const double deep_scale = deeper.modulus_at(Plan::levels) / Plan::half_width;
  const auto fresh = deeper.encrypt(3, deep_scale);
  const auto used = deeper.drop_to_level(deeper.encrypt(-2, deep_scale), Plan::levels);
  for (const auto& lower :
       {max_chain::evaluate(deeper, fresh, used), max_chain::evaluate(deeper, used, fresh)}) {
    CHECK(lower.level == 0);
    CHECK(lower.values[0] == doctest::Approx(3).epsilon(0.01));
  }
}

// Half of the sum of both inputs, in whatever scale the absorbed coefficient leaves.
TEST_CASE("two ciphertexts, a polynomial of the function itself") {
  plain clear;
  using Plan = max_direct::Plan;
  static_assert(Plan::output_scale_factor != 1);
  test::ExactSimulation he(Plan::levels, 45);
  const double scale = he.modulus_at(Plan::levels) / Plan::half_width;
  const auto result = max_direct::evaluate(he, he.encrypt(3, scale), he.encrypt(-2, scale));
  CHECK(result.values[0] == doctest::Approx(max_direct::evaluate(clear, 3.0, -2.0)).epsilon(1e-9));
  CHECK(he.counts.key_switches == Plan::key_switches);
}

TEST_CASE("a range that the scale cannot hold costs a level") {
  using Plan = relu_small::Plan;
  test::ExactSimulation he(Plan::levels + 1, 45);
  const double working = he.modulus_at(Plan::levels + 1);
  CHECK(required_levels<Plan>(working / 50, working) == Plan::levels);
  CHECK(required_levels<Plan>(working, working) == Plan::levels + 1);
  const auto result = relu_small::evaluate(he, he.encrypt(20, working));
  CHECK(result.level == 0);
  CHECK(result.scale == working);
  plain clear;
  CHECK(result.values[0] == doctest::Approx(relu_small::evaluate(clear, 20.0)).epsilon(1e-9));
  CHECK(he.counts.scalar_products == Plan::scalar_products + 1);

  test::ExactSimulation shallow(Plan::levels, 45);
  CHECK_THROWS_AS(
      relu_small::evaluate(shallow, shallow.encrypt(20, shallow.modulus_at(Plan::levels))),
      not_enough_levels);
  CHECK(shallow.counts.tensor_products + shallow.counts.scalar_products +
            shallow.counts.encodings ==
        0);
}

TEST_CASE("levels that are lacking are counted with the one for the range") {
  using Plan = relu_small::Plan;
  for (int left = 0; left <= Plan::levels; ++left) {
    test::ExactSimulation he(left, 45);
    try {
      static_cast<void>(relu_small::evaluate(he, he.encrypt(20, 0x1p+45)));
      FAIL("no exception");
    } catch (const not_enough_levels& error) {
      CHECK(error.left == left);
      if (left > 0) CHECK(error.needed == Plan::levels + 1);
    }
  }
}

TEST_CASE("scales that leave no digits, or are none, are refused before any work") {
  using Plan = relu_small::Plan;
  test::ExactSimulation he(Plan::levels + 1, 40);
  for (const double scale : {0x1p+8, 0x1p+16, 0x1p+24, HUGE_VAL, std::nan("")}) {
    CHECK_THROWS_AS(relu_small::evaluate(he, he.encrypt(3, scale)), wrong_scale);
  }
  const auto sound = he.encrypt(3, 0x1p+40 / 50);
  for (const double wanted : {-1.0, 0.5, HUGE_VAL, std::nan("")}) {
    CHECK_THROWS_AS(relu_small::evaluate(he, sound, wanted), wrong_scale);
  }
  CHECK(he.counts.tensor_products + he.counts.encodings == 0);
}

namespace {

// As a library that keeps scales by itself: nothing of scales or moduli is there.
struct Managed {
  using Ciphertext = double;
  using Plaintext = double;
  static constexpr bool manages_scales = true;
  double encode(double value, int, double) { return value; }
  double multiply(double x, double y) { return x * y; }
  double square(double x) { return x * x; }
  double relinearize(double x) { return x; }
  double rescale(double x) { return x; }
  double multiply_plain(double x, double c) { return x * c; }
  double add_plain(double x, double c) { return x + c; }
  double add(double x, double y) { return x + y; }
  double sub(double x, double y) { return x - y; }
  double negate(double x) { return -x; }
  double multiply_integer(double x, int k) { return x * k; }
  int level(double) { return 20; }
};

}  // namespace

TEST_CASE("a backend without scales needs only the operations") {
  Managed he;
  plain clear;
  CHECK(relu_small::evaluate(he, 20.0) == relu_small::evaluate(clear, 20.0));
}

TEST_CASE("the caller chooses the scale of the result") {
  using Plan = sigmoid_d31::Plan;
  test::ExactSimulation he(Plan::levels, 45);
  const double scale = he.modulus_at(Plan::levels) / 8;
  const auto result = sigmoid_d31::evaluate(he, he.encrypt(1, scale), 0x1p+40);
  CHECK(result.scale == 0x1p+40);
}

TEST_CASE("a library that returns another scale than planned is noticed") {
  struct Drifting : test::ExactSimulation {
    using ExactSimulation::ExactSimulation;
    Ciphertext rescale(const Ciphertext& x) {
      Ciphertext y = ExactSimulation::rescale(x);
      y.scale *= 1 + 0x1p-30;
      return y;
    }
  };
  using Plan = sign_d63::Plan;
  Drifting he(Plan::levels, 45);
  CHECK_THROWS_AS(sign_d63::evaluate(he, he.encrypt(0.5, he.modulus_at(Plan::levels))),
                  wrong_scale);
}
