// What a caller can meet: every status, and every broken precondition.
#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

#include "generator/exchange/measure.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

TEST_CASE("a fresh result is unusable and says why") {
  const MinimaxResult fresh;
  CHECK(fresh.status == MinimaxStatus::not_run);
  CHECK_FALSE(fresh.usable());
  CHECK(fresh.detail == "minimax() was not called");
}

TEST_CASE("a polynomial of the class is exact") {
  const auto cubic = minimax(test::problem("x^3 - x/3", "[-1,1]", 5));
  CHECK(cubic.status == MinimaxStatus::exact);
  CHECK(cubic.error.upper == 0);
  // x^3 = (3 T_1 + T_3) / 4
  CHECK(cubic.polynomial.coefficients ==
        std::vector<Rational>{0, Rational(5, 12), 0, Rational(1, 4)});
  CHECK(minimax(test::problem("0", "[-1,1]", 0)).status == MinimaxStatus::exact);
}

TEST_CASE("a polynomial in disguise is exact to the precision of the ladder") {
  const auto one = minimax(test::problem("sin(x)^2 + cos(x)^2", "[-1,1]", 6));
  CHECK(one.status == MinimaxStatus::exact);
  CHECK(one.polynomial.degree() == 0);
  CHECK(abs(one.polynomial.coefficients[0] - 1) < power_of_two(-800));
  const auto pi_x = minimax(test::problem("pi*x", "[-1,1]", 3));
  CHECK(pi_x.status == MinimaxStatus::exact);
}

TEST_CASE("what only looks like a polynomial at the nodes is not taken for one") {
  const auto error_of = [](const char* function, const char* domain, int degree) {
    const auto result = minimax(test::problem(function, domain, degree, Parity::none));
    REQUIRE_MESSAGE(result.status == MinimaxStatus::converged, function << result.detail);
    return result.error;
  };
  CHECK(test::encloses(error_of("abs(x-1)", "[0,2]", 0), Rational(1, 2), 20));
  CHECK(test::encloses(error_of("abs(x)", "[-1,1]", 0), Rational(1, 2), 20));
  CHECK(test::encloses(error_of("cos(4*pi*x)", "[0,1]", 0), 1, 20));
  CHECK(test::encloses(error_of("cos(2*pi*x)", "[-1,1]", 1), 1, 20));
  CHECK(test::encloses(error_of("cosh(x-1)", "[0,2]", 0), test::number("(cosh(1)-1)/2"), 20));
  // x (x-1) (x-2) has the extremes +-2/(3 sqrt 3).
  CHECK(test::encloses(error_of("x*(x-1)*(x-2)", "[0,2]", 0), test::number("2/(3*sqrt(3))"), 20));
}

TEST_CASE("features between the points of the reference are found") {
  const auto spike = test::problem("exp(x) + exp(-10^8*(x-0.3)^2)", "[-1,1]", 6);
  const auto result = minimax(spike);
  REQUIRE(result.usable());
  CHECK(measure(spike, result, rounded(result.polynomial, 53)).upper > Rational(1, 4));
  const auto wave = test::problem("sin(300*x)*x", "[0,1]", 10);
  const auto flat = minimax(wave);
  REQUIRE(flat.usable());
  const ErrorEnclosure error = measure(wave, flat, rounded(flat.polynomial, 53));
  const SeriesEvaluator<double> p(flat.polynomial);
  for (int i = 0; i <= 20000; ++i) {
    const double x = i / 20000.0;
    CHECK(std::abs(std::sin(300 * x) * x - p(x)) <= to_double(error.upper) + 1e-12);
  }
}

TEST_CASE("an error that 4096 bits cannot resolve") {
  const auto result = minimax(test::problem("exp(x)", "[-1,1]", 700));
  CHECK(result.status == MinimaxStatus::below_noise);
  CHECK_FALSE(result.usable());
}

TEST_CASE("precision rises by itself") {
  const auto result = test::solve("exp(x)", "[-1,1]", 40);
  CHECK(result.precision_bits >= 256);
  CHECK(test::relative_difference(result.error.upper, Rational(2.7353801578e-62)) < 1e-9);
}

TEST_CASE("the limit of exchanges is a status") {
  auto request = test::problem("abs(x - 1/3)", "[-1,1]", 30);
  request.max_exchanges = 1;
  CHECK(minimax(request).status == MinimaxStatus::exchange_limit);
}

TEST_CASE("a target that is not finite") {
  MinimaxRequest request{.target = test::function("1/x"), .domain = {{0, 1}}, .degree = 3};
  CHECK_FALSE(minimax(request).usable());
}

TEST_CASE("broken preconditions throw") {
  const auto with = [](auto change) {
    auto request = test::problem("exp(x)", "[-1,1]", 3);
    change(request);
    return request;
  };
  CHECK_THROWS_AS(static_cast<void>(minimax(with([](auto& r) { r.domain.clear(); }))),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(minimax(with([](auto& r) { r.degree = -1; }))),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(minimax(with([](auto& r) { r.degree = 4096; }))),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(minimax(with([](auto& r) {
                    r.parity = Parity::odd;
                    r.domain = {{-1, 2}};
                  }))),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(minimax(with([](auto& r) { r.max_exchanges = 0; }))),
                  std::invalid_argument);
}

TEST_CASE("an error whose extremum is a plateau") {
  CHECK(test::encloses(test::solve("relu(x - 1/7)", "[0,1]", 0).error, Rational(3, 7), 20));
}

TEST_CASE("intervals too narrow for double") {
  // E_0(exp) on [1, 1 + w] is half the range of the values.
  CHECK(test::encloses(test::solve("exp(x)", "[1,1+2^-50]", 0).error,
                       test::number("(exp(1+2^-50) - exp(1))/2"), 20));
  CHECK(test::encloses(test::solve("log(x)", "[10^15,10^15+1]", 0).error,
                       test::number("log(1 + 1/10^15)/2"), 20));
  CHECK(test::solve("exp(x)", "[1,1+2^-60]", 2).usable());
}

TEST_CASE("degree 0, an odd class without members, and a one-point reference") {
  CHECK(test::encloses(test::solve("sqrt(x)", "[0,1]", 0).error, Rational(1, 2), 28));
  const auto nothing = minimax(test::problem("sin(x)", "[-1,1]", 0, Parity::odd));
  REQUIRE(nothing.usable());
  CHECK(nothing.polynomial.coefficients == std::vector<Rational>{0});
  CHECK(test::encloses(nothing.error, test::number("sin(1)"), 28));
  // The largest value of x - x^3 is 2/(3 sqrt 3), inside; at the ends it vanishes.
  const auto inner = test::solve("x - x^3", "[-1,1]", 0);
  CHECK(test::encloses(inner.error, test::number("2/(3*sqrt(3))"), 20));
}

TEST_CASE("the measured error of stored coefficients") {
  const auto request = test::problem("exp(x)", "[-1,1]", 8);
  const auto solved = minimax(request);
  const auto stored = rounded(solved.polynomial, 53);
  const ErrorEnclosure error = measure(request, solved, stored);
  CHECK(error.lower <= error.attained);
  CHECK(error.attained <= error.upper);
  CHECK(error.evidence == Evidence::measured);
  CHECK(test::relative_difference(error.upper, solved.error.upper) < 1e-6);

  SUBCASE("a spoilt coefficient raises it by what was added") {
    auto spoilt = stored;
    spoilt.coefficients[8] += power_of_two(-10);
    const ErrorEnclosure worse = measure(request, solved, spoilt);
    CHECK(worse.attained > power_of_two(-10));
    CHECK(worse.upper < power_of_two(-10) + 2 * error.upper);
  }
  SUBCASE("an exact target has no error, until it is rounded") {
    const auto square = test::problem("x^2", "[-1,1]", 2);
    const auto exact = minimax(square);
    CHECK(measure(square, exact, rounded(exact.polynomial, 53)).upper == 0);
    const auto third = test::problem("x/3", "[-1,1]", 1);
    const auto exact_third = minimax(third);
    const ErrorEnclosure lost = measure(third, exact_third, rounded(exact_third.polynomial, 53));
    CHECK(lost.upper >= abs(Rational(1, 3) - Rational(1.0 / 3)));
    CHECK(lost.upper < power_of_two(-53));
  }
}
