// What does not change a plan: the unit of the function, and a multiple of x beside even terms.
#include <doctest/doctest.h>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/stage_choice.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;
using test::random_series;

namespace {

Plan plan_of(const ChebyshevSeries& series) {
  const auto planned = make_plan(Kind::minimax, {series}, {.absorb = false});
  REQUIRE(planned.has_value());
  return planned->plan;
}

ChebyshevSeries times(ChebyshevSeries series, const Rational& factor) {
  for (Rational& c : series.coefficients) c *= factor;
  return series;
}

ChebyshevSeries approximation(const char* function, const char* domain, int degree) {
  return rounded(test::solve(function, domain, degree).polynomial, 53);
}

}  // namespace

TEST_CASE("the unit of a function of size 1 and more changes nothing") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const Rational unit = power_of_two(14);
  for (const int degree : {7, 14, 23, 31, 47, 63}) {
    CAPTURE(degree);
    const auto series = random_series(random, degree, Parity::none, 0.97);
    const Plan small = plan_of(series);
    const Plan large = plan_of(times(series, unit));
    CHECK(large.costs == small.costs);
    const Rational size = size_of_function(Kind::minimax, {series});
    CHECK(size_of_function(Kind::minimax, {times(series, unit)}) == size * unit);
  }
}

// What grows may be more than a small function allows.
TEST_CASE("a multiple of a stage takes no key switch more") {
  const std::pair<const char*, const char*> functions[] = {{"gelu(x)", "[-8,8]"},
                                                           {"log(x)", "[2^-6,1]"},
                                                           {"abs(x)", "[-1,1]"},
                                                           {"sin(6*x)", "[-1,1]"},
                                                           {"tanh(x)", "[-6,6]"}};
  for (const auto& [function, domain] : functions) {
    CAPTURE(function);
    for (const int degree : {12, 25, 40}) {
      CAPTURE(degree);
      const auto series = approximation(function, domain, degree);
      const StageTask task{.coefficients = series.coefficients, .absorb = false};
      const auto usual = choose_stage(task, minimum_levels(task), 64);
      REQUIRE(usual.has_value());
      for (const Rational& unit : {Rational(5), Rational(3000)}) {
        CAPTURE(to_double(unit));
        const StageTask other{.coefficients = times(series, unit).coefficients, .absorb = false};
        const auto choice = choose_stage(other, minimum_levels(other), 64);
        REQUIRE(choice.has_value());
        CHECK(choice->costs.levels == usual->costs.levels);
        CHECK(choice->costs.key_switches <= usual->costs.key_switches);
        CHECK(trial_of(other, *choice).holds);
      }
    }
  }
}

// Also where a chain is sought for a multiple of the even terms, beside one of x.
TEST_CASE("scalars of plans are binary64 numbers") {
  for (const char* domain : {"[-8,8]", "[-5,5]"}) {
    for (const int degree : {24, 40, 48, 56}) {
      CAPTURE(degree);
      const auto gelu = approximation("gelu(x)", domain, degree);
      const auto planned =
          make_plan(Kind::minimax, {gelu}, {.objective = PlanObjective::key_switches});
      REQUIRE(planned.has_value());
      for (const Instruction& step : planned->plan.program) CHECK(is_binary64(step.scalar));
    }
  }
}

TEST_CASE("a function of many units takes the fewest levels, within the limit") {
  const auto log = approximation("log(x)", "[2^-20,1]", 63);
  const Plan plan = plan_of(log);
  CHECK(plan.costs.levels == minimum_levels(63));
  const Rational size = size_of_function(Kind::minimax, {log});
  CHECK(to_double(size) == doctest::Approx(12.348).epsilon(0.001));  // 13.86 at most
  CHECK(plan.growth <= 64 * size);
  const auto exponential = approximation("exp(x)", "[-10,10]", 31);
  CHECK(plan_of(exponential).growth <= 64 * size_of_function(Kind::minimax, {exponential}));
}

// T_5 - T_1 vanishes there.
TEST_CASE("a function that is small at the ends and in the middle has its size all the same") {
  ChebyshevSeries series{.coefficients = std::vector<Rational>(6), .parity = Parity::odd};
  series.coefficients[5] = 1000;
  series.coefficients[1] = -1000;
  CHECK(size_of_function(Kind::minimax, {series}) == 1000);
}

TEST_CASE("a multiple of x beside an even polynomial takes no key switch") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int degree = 6; degree <= 62; degree += 4) {
    CAPTURE(degree);
    const auto even = random_series(random, degree, Parity::even, 0.95);
    ChebyshevSeries sloped = even;
    sloped.coefficients[1] = Rational(3, 8);
    sloped.parity = Parity::none;
    const auto planned = make_plan(Kind::minimax, {sloped}, {.absorb = false});
    REQUIRE(planned.has_value());
    const PlanCosts without = plan_of(even).costs;
    CHECK(planned->plan.costs.levels == without.levels);
    CHECK(planned->plan.costs.key_switches == without.key_switches);
    CHECK(coefficient_distance(planned->computed[0], sloped) <=
          test::norm(sloped) * planned->plan.growth * power_of_two(-50));
  }
  for (const int degree : {20, 32, 40, 46}) {
    CAPTURE(degree);
    const PlanCosts with_x = plan_of(approximation("gelu(x)", "[-8,8]", degree)).costs;
    const PlanCosts even = plan_of(approximation("gelu(x)-x/2", "[-8,8]", degree)).costs;
    CHECK(with_x.key_switches == even.key_switches);
  }
}
