// Cores in closed form; the last polynomial after a fold.
#include <doctest/doctest.h>

#include <cmath>

#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/sign/composite.hpp"
#include "generator/steps/folded.hpp"

using namespace equiripple;

namespace {

FlatFunction flat(const char* text, const Rational& error, Parity parity = Parity::none) {
  return {.target = *parse_function(text).value, .range = 256, .error = error, .parity = parity};
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
  const SeriesEvaluator<double> q(*last);
  const CompiledFunction<double> sigmoid(f.target);
  constexpr int samples = 3001;
  for (int i = -samples; i <= samples; ++i) {
    const double x = 256.0 * i / samples;
    CHECK(std::abs(q(fold(x)) - sigmoid(x)) <= 0x1.01p-6);
  }
  request.highest = 5;
  CHECK_FALSE(last_after_folds(request).has_value());
}
