// The curves against the exchange itself.
#include "generator/search/stage_errors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

#include "generator/search/composite_search.hpp"
#include "generator/search/rising_root.hpp"
#include "generator/search/stage_curve_table.hpp"
#include "generator/sign/problem.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

// On [1 - s, 1 + s]; s is a binary64 number.
MinimaxResult solved(int degree, double s) {
  return minimax(sign_problem(1 - Rational(s), 1 + Rational(s), degree));
}

double slope_at_zero(const ChebyshevSeries& series) {
  const Real<256> x = from_rational<Real<256>>(power_of_two(-60));
  return static_cast<double>(SeriesEvaluator<Real<256>>(series)(x) / x);
}

}  // namespace

TEST_CASE("the curves follow the exchange within what they promise") {
  test::Random random(test::seed());
  StageErrors errors;
  for (int i = 0; i < 60 * test::effort(); ++i) {
    const int degree = 2 * test::integer_between(random, 0, 31) + 1;
    const double logit = test::real_between(random, -5, 19);
    const double s = Logit{logit}.number();
    const double exact_logit = std::log(s / to_double(Rational(1 - Rational(s))));
    CAPTURE(test::seed());
    CAPTURE(degree);
    CAPTURE(s);
    const MinimaxResult exchange = solved(degree, s);
    if (!exchange.usable()) continue;  // far below what binary64 stages can hold
    const double error = to_double(exchange.error.upper);
    if (error < 0x1p-100) continue;
    const StageErrors::Values curve = errors.at(degree, {exact_logit});
    const double accuracy = error > 0x1p-24 ? 0x1p-19 : 0x1p-12;
    CHECK(std::abs(curve.error.number() / error - 1) < accuracy);
    const double rest = to_double(Rational(1 - exchange.error.upper));
    CHECK(std::abs(curve.error.complement() / rest - 1) < accuracy);
    const double slope = slope_at_zero(exchange.polynomial);
    CHECK(std::abs(std::exp(curve.log_slope) / slope - 1) < 0x1p-10);
  }
}

TEST_CASE("the table of curves is what the exchange gives now") {
  constexpr int rounding = 8;  // units of 2^-24: double resolves no more where errors are small
  int degree = 3;
  for (const StageCurveRow& row : tabled_stage_curves()) {
    CAPTURE(degree);
    REQUIRE(row.degree == degree);
    const std::vector<int> solved = StageCurve(degree).solved_numbers();
    REQUIRE(row.numbers.size() == solved.size());
    int worst = 0;
    for (std::size_t i = 0; i < solved.size(); ++i) {
      worst = std::max(worst, std::abs(row.numbers[i] - solved[i]));
    }
    CHECK_MESSAGE(worst <= rounding,
                  "write generator/search/stage_curve_table.cpp again with equiripple-curves");
    degree += 2;
  }
  CHECK(degree == highest_searched_stage + 2);
}

TEST_CASE("a root is bracketed, whatever the function is far from it") {
  const auto last_below = [](const auto& f) { return rising_root(f, -100, 100, 0x1p-30); };
  CHECK(last_below([](double x) { return std::exp(x) - 2; }) == doctest::Approx(std::log(2)));
  CHECK(last_below([](double x) { return std::expm1(40 * (x - 99)); }) == doctest::Approx(99));
  CHECK(last_below([](double x) { return x < 3 ? -1.0 : 1e300; }) == doctest::Approx(3));
  CHECK(last_below([](double x) { return x < 3 ? -HUGE_VAL : x; }) == doctest::Approx(3));
  CHECK(last_below([](double x) { return x + 200; }) == -100);  // above 0 throughout
  CHECK(last_below([](double x) { return x - 200; }) == 100);   // nowhere
  int calls = 0;
  const double root = rising_root([&](double x) { return ++calls, x * x * x - 5; }, 0, 100, 1e-12);
  CHECK(root == doctest::Approx(std::cbrt(5)).epsilon(1e-12));
  CHECK(root * root * root <= 5);
  CHECK(calls < 40);
}

TEST_CASE("the error rises with the spread, and falls with the degree") {
  StageErrors errors;
  for (int degree = 3; degree <= 61; degree += 2) {
    CAPTURE(degree);
    double before = -1e300;
    for (double logit = -4; logit < 40; logit += 0.21) {
      CAPTURE(logit);
      const double error = errors.at(degree, {logit}).error.value;
      CHECK(error > before);
      CHECK(errors.at(degree + 2, {logit}).error.value < error);
      before = error;
    }
  }
}

TEST_CASE("the next spread is the error and the margin, and none where nothing is left") {
  const Logit half{0};
  CHECK(next_spread(half, 0)->value == doctest::Approx(0));
  CHECK(next_spread(half, 0.25)->number() == doctest::Approx(0.75));
  CHECK_FALSE(next_spread(half, 0.5).has_value());
  CHECK(spread_of_gap(0x1p-40).complement() == test::near(0x1p-39, 1e-9));
}

TEST_CASE("degrees that no stage has are refused") {
  StageErrors errors;
  CHECK_THROWS_AS(static_cast<void>(errors.at(-1, {0})), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(errors.at(8, {0})), std::invalid_argument);
}
