// Cores in closed form; the last polynomial after a fold.
#include <doctest/doctest.h>

#include <cmath>

#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/sign/composite.hpp"
#include "generator/steps/folded.hpp"
#include "tests/support/near.hpp"

using namespace equiripple;

namespace {

FlatFunction flat(const char* text, const Rational& error, Parity parity = Parity::none) {
  return {.target = *parse_function(text), .range = 256, .error = error, .parity = parity};
}

}  // namespace

// 1 - sigmoid(c) = t at c = log(1/t - 1); |1 - tanh(c)| = t at half log(2/t - 1).
TEST_CASE("cores in closed form") {
  for (const int bits : {3, 8, 12}) {
    CAPTURE(bits);
    const Rational t = power_of_two(-bits);
    const double from = std::exp2(bits);
    const auto sigmoid = core_of(flat("sigmoid(x)", t), t);
    REQUIRE(sigmoid.has_value());
    CHECK(to_double(*sigmoid) == doctest::Approx(std::log(from - 1)).epsilon(1e-6));
    const auto tanh = core_of(flat("tanh(x)", t, Parity::odd), t);
    REQUIRE(tanh.has_value());
    CHECK(to_double(*tanh) == doctest::Approx(std::log(2 * from - 1) / 2).epsilon(1e-6));
    const auto clip = core_of(flat("clip(x,-1,3)", t), t);
    REQUIRE(clip.has_value());
    CHECK(to_double(*clip) == doctest::Approx(3 - 1 / from).epsilon(1e-6));
  }
}

// gelu(x) = x - x erfc(x / sqrt 2) / 2 is within t of x from x - gelu(x) = t on; relu is x and 0
// everywhere, and of x times a value between 0 and 1 the error is at most |x|.
TEST_CASE("cores of x times what is flat") {
  const Rational t = power_of_two(-9);
  FlatFunction gelu = flat("gelu(x)", t);
  gelu.times_x = true;
  const auto core = core_of(gelu, t);
  REQUIRE(core.has_value());
  const double c = to_double(*core);
  CHECK(c * std::erfc(c / std::sqrt(2.0)) / 2 == test::near(to_double(t), 1e-6));
  FlatFunction relu = flat("relu(x)", t);
  relu.times_x = true;
  const auto kink = core_of(relu, t);
  REQUIRE(kink.has_value());
  CHECK(to_double(*kink) <= to_double(t));
  FlatFunction moved = flat("1 + gelu(x)", t);
  moved.times_x = true;
  CHECK_FALSE(core_of(moved, t).has_value());
}

TEST_CASE("steps after folds are told by their form") {
  for (const LastUse use : {LastUse::value, LastUse::halved_times_x, LastUse::times_x}) {
    CHECK(use_of_last(steps_after_folds(use, 3)) == use);
    CHECK(defect_of_steps(steps_after_folds(use, 3), 3).empty());
  }
  CHECK_FALSE(use_of_last(with_squares(chain_of(2), 1)).has_value());
  CHECK_FALSE(use_of_last({}).has_value());
}

TEST_CASE("what is not flat, or flat everywhere, has no core") {
  for (const char* text : {"gelu(x)", "x^2", "relu(x)", "sin(x)", "atan(x/100)", "1"}) {
    CAPTURE(text);
    CHECK_FALSE(core_of(flat(text, Rational(1, 100)), Rational(1, 100)).has_value());
  }
}

TEST_CASE("the last polynomial after a fold keeps to the error, or there is none") {
  const FlatFunction f = flat("sigmoid(x)", power_of_two(-6));
  const Rational core = *core_of(f, power_of_two(-7));
  const CompositeSign sign = composite_sign(
      {.degrees = {15}, .gap = core / f.range, .range = f.range, .evidence = Evidence::measured});
  REQUIRE(sign.status == CompositeStatus::complete);
  FoldRequest request{.function = f,
                      .core = core,
                      .folds = polynomials_of(sign),
                      .reach = sign.stages.back().range.back().upper,
                      .highest = 127};
  const auto last = last_after_folds(request);
  REQUIRE(last.has_value());
  const SeriesEvaluator<double> fold(request.folds.front());
  CHECK(last->use == LastUse::value);
  const SeriesEvaluator<double> q(last->series);
  const CompiledFunction<double> sigmoid(f.target);
  constexpr int samples = 3001;
  for (int i = -samples; i <= samples; ++i) {
    const double x = 256.0 * i / samples;
    CHECK(std::abs(q(fold(x)) - sigmoid(x)) <= 0x1.01p-6);
  }
  request.highest = 5;
  CHECK_FALSE(last_after_folds(request).has_value());
}
