// Objectives other than the largest error, by closed forms.
#include <doctest/doctest.h>

#include "generator/classical/widest_share.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/proof/mean.hpp"
#include "generator/proof/share.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::function;
using test::number;

namespace {

ChebyshevSeries series(const std::vector<Rational>& coefficients) {
  return {.basis = {-1, 1}, .coefficients = coefficients};
}

Measure measure(const std::string& density, const std::vector<Rational>& kinks = {}) {
  return {.density = function(density), .domain = {{-1, 1}}, .kinks = kinks};
}

// The bound holds and is sharp to 2^-10.
bool is_just_above(const Rational& bound, const Rational& value) {
  return bound >= value * (1 - power_of_two(-60)) && bound <= value * (1 + power_of_two(-10));
}

Rational least_variance_coefficient(const std::string& noise) {
  const ProjectionRequest request{.target = function("1+x"), .domain = {{-1, 1}}, .degree = 1};
  const ClassicalResult result = least_variance(request, number(noise));
  REQUIRE_MESSAGE(result.usable(), result.detail);
  CHECK(abs(result.polynomial.coefficients[0] - 1) < power_of_two(-70));
  return result.polynomial.coefficients[1];
}

}  // namespace

// Of x = T_1, whose mean square is 1/3: (1 - c)^2 / 3 + noise^2 c^2 is least at 1 / (1 + 3
// noise^2); T_0 has no noise.
TEST_CASE("least variance shrinks coefficients by their noise") {
  CHECK(abs(least_variance_coefficient("1") - Rational(1, 4)) < power_of_two(-70));
  CHECK(abs(least_variance_coefficient("1/3") - Rational(3, 4)) < power_of_two(-70));
  CHECK(abs(least_variance_coefficient("2^-20") - 1) < 4 * power_of_two(-40));
  CHECK(abs(least_variance_coefficient("2^-20") - 1) > 2 * power_of_two(-40));
}

TEST_CASE("without noise to speak of least variance is least squares") {
  const ProjectionRequest request{
      .target = function("exp(x)"), .domain = {{-1, Rational(-1, 4)}, {0, 2}}, .degree = 5};
  const ChebyshevSeries least = least_squares(request).polynomial;
  const ChebyshevSeries quiet = least_variance(request, number("2^-60")).polynomial;
  CHECK(coefficient_distance(least, quiet) < power_of_two(-60));
  const ChebyshevSeries loud = least_variance(request, number("2^-8")).polynomial;
  CHECK(coefficient_distance(least, loud) > power_of_two(-16));
}

TEST_CASE("root mean squares of closed form") {
  const ChebyshevSeries zero = series({0, 0});
  const auto root = [](const Measure& measure, const std::string& target,
                       const ChebyshevSeries& stored) {
    const auto proved = proved_root_mean_square(measure, function(target), stored, 1);
    REQUIRE(proved);
    CHECK(proved->evidence == Evidence::proved);
    return Rational(proved->upper * proved->upper);
  };
  CHECK(is_just_above(root(measure("1"), "x", zero), Rational(1, 3)));
  CHECK(is_just_above(root(measure("x^2"), "x", zero), Rational(3, 5)));
  CHECK(
      is_just_above(root(measure("1", {0}), "abs(x)", series({Rational(1, 2)})), Rational(1, 12)));
  CHECK(is_just_above(
      root(measure("1"), "x^2", series({Rational(1, 2), 0, Rational(1, 2)})) + Rational(1, 3),
      Rational(1, 3)));  // exact: 0
  CHECK_FALSE(is_just_above(root(measure("1"), "x", zero), Rational(333, 1000)));
}

TEST_CASE("the part of a domain within a tolerance is proved from below") {
  const MinimaxRequest line{.target = function("x"), .domain = {{-1, 1}}};
  const ChebyshevSeries zero = series({0});
  const auto outside = [&](const MinimaxRequest& problem, const std::string& density,
                           const ChebyshevSeries& stored, const Rational& tolerance) {
    const auto within = proved_within(
        problem, {.density = function(density), .domain = problem.domain, .kinks = {0}}, stored,
        tolerance);
    REQUIRE(within);
    return within->outside.upper;
  };
  const Rational little = power_of_two(-20);
  const Rational uniform = outside(line, "1", zero, Rational(1, 4));
  CHECK(uniform >= Rational(3, 4));
  CHECK(uniform <= Rational(3, 4) + little);
  const Rational weighted = outside(line, "abs(x)", zero, Rational(1, 4));
  CHECK(weighted >= Rational(15, 16));
  CHECK(weighted <= Rational(15, 16) + little);
  // T_5 touches 1 six times and nowhere leaves it; it leaves 0.9 everywhere about these.
  const MinimaxRequest flat{.target = function("0"), .domain = {{-1, 1}}};
  const ChebyshevSeries t5 = series({0, 0, 0, 0, 0, 1});
  CHECK(outside(flat, "1", t5, Rational(1) + power_of_two(-20)) <= little);
  CHECK(outside(flat, "1", t5, Rational(9, 10)) > Rational(1, 10));
}

TEST_CASE("the widest shares of closed form are found") {
  const auto lost = [](const std::string& target, int degree, const Rational& tolerance) {
    ShareRequest request{.problem = test::problem(target, "[-1,1]", degree),
                         .tolerance = tolerance};
    const ClassicalResult found = widest_share(request);
    REQUIRE_MESSAGE(found.usable(), found.detail);
    request.problem.parity = Parity::none;
    const auto within = proved_within(request.problem, {.domain = request.problem.domain},
                                      rounded(found.polynomial, 53), tolerance);
    REQUIRE(within);
    return within->outside.upper;
  };
  const Rational little = power_of_two(-12);
  // No constant is within t of x on more than 2 t of it.
  const Rational constant = lost("x", 0, Rational(1, 4));
  CHECK(constant >= Rational(3, 4));
  CHECK(constant <= Rational(3, 4) + little);
  // |x| on [g, 1] by a + b x^2, sqrt(t) by a line: (1 - g)^2 / (8 (1 + g)), 1/24 for g = 1/3.
  CHECK(lost("abs(x)", 2, Rational(1, 24)) <= Rational(1, 3) + little);
  CHECK(lost("x^3", 3, Rational(1, 1000)) <= little);
}
