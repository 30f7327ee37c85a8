// Laws that hold for every function, and the checker that they lean on.
#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "generator/function/smoothness.hpp"
#include "tests/support/alternation.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;
using test::solve;

namespace {

double difference(const MinimaxResult& a, const MinimaxResult& b, const Rational& factor = 1) {
  return test::relative_difference(a.error.lower, factor * b.error.lower);
}

constexpr double agreement = 1e-28;  // enclosures are 2^-100 wide

}  // namespace

TEST_CASE("E(f + q) = E(f) for q of the class") {
  CHECK(difference(solve("exp(x) + 5*x^3 - x/7", "[-1,1]", 6), solve("exp(x)", "[-1,1]", 6)) <
        agreement);
}

TEST_CASE("E(c f) = |c| E(f)") {
  CHECK(difference(solve("-3*sin(x)", "[0,2]", 5), solve("sin(x)", "[0,2]", 5), 3) < agreement);
}

TEST_CASE("scaling and reflecting the domain") {
  CHECK(difference(solve("exp(4*x)", "[-1/4,1/4]", 7), solve("exp(x)", "[-1,1]", 7)) < agreement);
  CHECK(difference(solve("sqrt(-x)", "[-2,-1/8]", 6), solve("sqrt(x)", "[1/8,2]", 6)) < agreement);
  CHECK(difference(solve("log(x - 10)", "[11,12]", 5), solve("log(x)", "[1,2]", 5)) < agreement);
}

TEST_CASE("the best approximation has the parity of the function") {
  for (const char* function : {"sin(3*x)", "atan(x)", "tanh(2*x)", "erf(x)"}) {
    for (const int degree : {3, 4, 9}) {
      CAPTURE(function);
      const auto free = minimax(test::problem(function, "[-1,1]", degree, Parity::none));
      const auto odd = minimax(test::problem(function, "[-1,1]", degree, Parity::odd));
      REQUIRE(free.usable());
      REQUIRE(odd.usable());
      CHECK(difference(free, odd) < agreement);
      for (std::size_t k = 0; k < odd.polynomial.coefficients.size(); k += 2) {
        CHECK(odd.polynomial.coefficients[k] == 0);
      }
    }
  }
}

TEST_CASE("sign on unequal intervals, where no parity helps") {
  const auto request = test::problem("sign(x)", "[-1,-1/10] [1/5,1]", 6);
  const auto result = minimax(request);
  REQUIRE(result.status == MinimaxStatus::converged);
  const auto alternation = test::check_alternation(request, result);
  CHECK_MESSAGE(alternation.ok, alternation.why);
}

TEST_CASE("a positive weight") {
  // |x - p| / x on [1, 2], p constant: the level is (b - a) / (b + a).
  MinimaxRequest request = test::problem("x", "[1,2]", 0);
  request.weight = test::function("1/x");
  const auto result = minimax(request);
  REQUIRE(result.usable());
  CHECK(test::encloses(result.error, Rational(1, 3), 28));
}

TEST_CASE("equal requests give equal bits, on any thread") {
  const auto request = test::problem("gelu(x)", "[-4,4]", 20);
  const auto first = minimax(request);
  MinimaxResult second;
  std::thread([&] { second = minimax(request); }).join();
  CHECK(first.polynomial.coefficients == second.polynomial.coefficients);
  CHECK(first.error.lower == second.error.lower);
}

TEST_CASE("the coefficients do not depend on the rung they were found on") {
  auto request = test::problem("sigmoid(x)", "[-4,4]", 9);
  const auto adaptive = minimax(request);
  request.precision_bits = 1024;
  const auto forced = minimax(request);
  REQUIRE(forced.usable());
  CHECK(forced.precision_bits >= 1024);
  for (std::size_t k = 0; k < adaptive.polynomial.coefficients.size(); ++k) {
    CHECK(abs(adaptive.polynomial.coefficients[k] - forced.polynomial.coefficients[k]) <
          adaptive.error.lower * power_of_two(-95));
  }
}

// sigmoid - 1/2 is odd, which the form of the expression does not show.
TEST_CASE("coefficients that are zero come out as zero") {
  const auto result = test::solve("sigmoid(x)", "[-4,4]", 9);
  for (std::size_t k = 2; k < 9; k += 2) CHECK(result.polynomial.coefficients[k] == 0);
  CHECK(abs(result.polynomial.coefficients[0] - Rational(1, 2)) < power_of_two(-100));
}

// The checker must reject a wrong answer, or every check above is worth nothing.
TEST_CASE("check_alternation rejects what is not best") {
  const auto request = test::problem("exp(x)", "[-1,1]", 7);
  const auto right = minimax(request);
  CHECK(test::check_alternation(request, right).ok);

  auto nudged = right;
  nudged.polynomial.coefficients[3] += right.error.lower * power_of_two(-40);
  CHECK_FALSE(test::check_alternation(request, nudged).ok);

  auto short_reference = right;
  short_reference.reference.pop_back();
  CHECK_FALSE(test::check_alternation(request, short_reference).ok);

  auto moved = right;
  moved.reference[4] = (moved.reference[4] + moved.reference[5]) / 2;
  CHECK_FALSE(test::check_alternation(request, moved).ok);

  auto interpolant = right;
  interpolant.polynomial = minimax(test::problem("exp(x)", "[-1,1/2]", 7)).polynomial;
  CHECK_FALSE(test::check_alternation(request, interpolant).ok);

  auto wider = request;
  wider.domain = test::domain("[-1,1.01]");
  CHECK_FALSE(test::check_alternation(wider, right).ok);
}

TEST_CASE("random smooth problems alternate") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const char* functions[] = {"exp(x)",    "sin(5*x)",   "sigmoid(4*x)",  "gelu(x)",
                             "1/(2+x)",   "log(3+x)",   "sqrt(2+x)",     "erf(2*x)",
                             "abs(x)",    "max(x,x^2)", "softplus(3*x)", "cos(x)*exp(x/2)",
                             "atan(4*x)", "silu(2*x)",  "tanh(x)+x^2",   "relu(x-1/7)"};
  for (int i = 0; i < 40 * test::effort(); ++i) {
    const std::string function = functions[random() % std::size(functions)];
    const double lower = test::real_between(random, -1.5, 0.3);
    const double width = test::real_between(random, 0.2, 1.5);
    const int degree = test::integer_between(random, 0, 20);
    MinimaxRequest request{.target = test::function(function),
                           .domain = {{Rational(lower), Rational(lower + width)}},
                           .degree = degree};
    CAPTURE(function);
    CAPTURE(lower);
    CAPTURE(width);
    CAPTURE(degree);
    request.kinks = check_smoothness(request.target, request.domain).kinks;
    const auto result = minimax(request);
    CAPTURE(result.detail);
    REQUIRE(result.usable());
    if (result.status == MinimaxStatus::exact) continue;
    const auto alternation = test::check_alternation(request, result);
    CHECK_MESSAGE(alternation.ok, alternation.why);
  }
}
