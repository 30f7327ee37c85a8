// Functions that are 0/0 at a point: values, enclosures, and proofs across it.
#include <doctest/doctest.h>

#include "generator/constraint/zeros.hpp"
#include "generator/function/enclose.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/removable.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/proof/certify.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::function;
using test::number;

namespace {

Expression continued(const std::string& text, const std::string& at) {
  const auto expression = continued_at(function(text), number(at));
  REQUIRE(expression.has_value());
  return *expression;
}

Certificate proved(MinimaxRequest request) {
  const MinimaxResult result = minimax(request);
  REQUIRE_MESSAGE(result.usable(), result.detail);
  Certificate proof = certify(request, result.polynomial, result);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  return proof;
}

}  // namespace

TEST_CASE("values by continuation, at the point and beside it") {
  struct Case {
    const char* text;
    const char* at;
    const char* value;
  };
  for (const Case& c : {Case{"sin(x)/x", "0", "1"},
                        {"(exp(x)-1)/x", "0", "1"},
                        {"(1-cos(x))/x^2", "0", "1/2"},
                        {"log(x)/(x-1)", "1", "1"},
                        {"(x^3-8)/(x-2)", "2", "12"},
                        {"exp(sin(x)/x)/e", "0", "1"}}) {
    CAPTURE(c.text);
    const Expression f = continued(c.text, c.at);
    const Rational value = number(c.value);
    CHECK(abs(Rational(CompiledFunction<double>(f)(to_double(number(c.at)))) - value) <
          power_of_two(-50));
    const Ball exact = enclose_nodes(f, ball_of(number(c.at), 128), 128).back();
    CHECK(exact.is_finite());
    CHECK((lower_end(exact) <= value && value <= upper_end(exact)));
    // On a ball around the point: it holds the value, and values beside it as the quotient has
    // them.
    const Rational radius = power_of_two(-10);
    const Ball around = ball_between(number(c.at) - radius, number(c.at) + radius, 128);
    const Ball wide = enclose_nodes(f, around, 128).back();
    REQUIRE(wide.is_finite());
    CHECK((lower_end(wide) <= value && value <= upper_end(wide)));
    for (const long log2 : {-11, -60, -300}) {
      using Wide = Real<2048>;
      const auto x = from_rational<Wide>(number(c.at) + power_of_two(log2));
      const Wide quotient = CompiledFunction<Wide>(function(c.text))(x);
      CHECK(real_abs(Wide(CompiledFunction<Wide>(f)(x) - quotient)) <
            scale_by_power_of_two(Wide(1), -1000));
      if (log2 == -300) continue;
      const Rational seen = to_rational(quotient);
      CHECK((lower_end(wide) <= seen && seen <= upper_end(wide)));
    }
  }
}

TEST_CASE("what is a pole stays one") {
  for (const char* text : {"1/x", "cos(x)/x", "sin(x)/x^2", "(exp(x)-2)/x", "sin(pi*x)/(x-1)"}) {
    CAPTURE(text);
    CHECK_FALSE(continued_at(function(text), 0).has_value());
  }
  CHECK_FALSE(continued_at(function("sin(x)/x"), 1).has_value());
}

// Values of a Remez exchange with a linear solve (mpmath, 50 digits).
TEST_CASE("best polynomials across the point") {
  const auto agrees = [](const Certificate& proof, double value) {
    CHECK(std::abs(to_double(proof.error.lower) / value - 1) < 1e-10);
  };
  auto sinc = test::problem("1", "[-1,1]", 4, Parity::even);
  sinc.target = continued("sin(x)/x", "0");
  agrees(proved(sinc), 6.030421711767486e-6);
  auto quotient = test::problem("1", "[-1,1]", 5, Parity::none);
  quotient.target = continued("(exp(x)-1)/x", "0");
  agrees(proved(quotient), 6.39967898720348e-6);
}

TEST_CASE("a relative error where function and polynomial are 0") {
  auto request = test::problem("sin(x)", "[-pi/4,pi/4]", 5, Parity::odd);
  request.weight = reciprocal_size(request.target);
  request.is_relative = true;
  request.conditions = {.through = {{.at = 0, .values = {0}}}};
  const Certificate proof = proved(request);
  CHECK(std::abs(to_double(proof.error.lower) / 1.50711271328131e-6 - 1) < 1e-10);
  // Off by 2^-100 at 0 the error is infinite there.
  MinimaxResult result = minimax(request);
  ChebyshevSeries moved = result.polynomial;
  moved.parity = Parity::none;
  moved.coefficients[0] += power_of_two(-100);
  CHECK_FALSE(certify(request, moved, result).holds);
  CHECK_FALSE(certify_limit(request, moved, 1).holds);
}
