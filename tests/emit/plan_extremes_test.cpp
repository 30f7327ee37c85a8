// Plans of series that nobody would approximate with: sparse ones, huge, tiny, of one term, of
// coefficients that are equal; and of the lowest and highest degrees that composites can have.
#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>

#include "emit/plan/builder.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/powers.hpp"
#include "emit/plan/series.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;

namespace {

// Paterson-Stockmeyer, which there always is.
PlanCosts classical_costs(const ChebyshevSeries& series) {
  ProgramBuilder builder;
  const int x = builder.normalise(builder.input("x"), {-1, 1}, "t1");
  ChebyshevPowers powers(builder, x, "");
  static_cast<void>(series_value(builder, powers, series.coefficients,
                                 best_baby_degree(series.coefficients), "result"));
  return count(builder.take());
}

Plan check_plan(Kind kind, const std::vector<ChebyshevSeries>& stages) {
  const auto planned = make_plan(kind, stages);
  REQUIRE(planned.has_value());
  CHECK(planned->plan.costs == count(planned->plan.program));
  std::set<std::string> names;
  for (const Instruction& step : planned->plan.program) names.insert(step.name);
  CHECK(names.size() == planned->plan.program.size());
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const Rational largest = test::norm(stages[i]) * std::max(planned->plan.growth, Rational(1));
    CHECK(coefficient_distance(planned->computed[i], stages[i]) <= largest * power_of_two(-50));
  }
  return planned->plan;
}

void check_series(ChebyshevSeries series) {
  const Plan plan = check_plan(Kind::minimax, {series});
  while (series.degree() > 0 && series.coefficients.back() == 0) series.coefficients.pop_back();
  const int fewest = minimum_plan_levels(Kind::minimax, {series}, /*absorb=*/true);
  if (plan.costs.levels != fewest) {  // only where the fewest levels would amplify too much
    CHECK(plan.costs.levels == fewest + 1);
    const Rational limit = 64 * size_of_function(Kind::minimax, {series});
    CHECK(plan.growth <= std::max(limit, Rational(4 * test::norm(series))));
    CHECK(make_plan(Kind::minimax, {series}, {.max_levels = fewest})->plan.growth > limit);
  }
  CHECK(plan.costs.key_switches <= classical_costs(series).key_switches);
}

ChebyshevSeries every(int stride, ChebyshevSeries series) {
  for (int k = 0; k <= series.degree(); ++k) {
    if ((series.degree() - k) % stride != 0) series.coefficients[static_cast<std::size_t>(k)] = 0;
  }
  return series;
}

ChebyshevSeries times(const Rational& factor, ChebyshevSeries series) {
  for (Rational& c : series.coefficients) c *= factor;
  return series;
}

}  // namespace

TEST_CASE("a single power, alone or with one more term") {
  for (const int degree : {1, 2, 3, 5, 8, 13, 17, 31, 48, 63, 64, 65, 96, 127, 128}) {
    CAPTURE(degree);
    ChebyshevSeries series{.coefficients =
                               std::vector<Rational>(static_cast<std::size_t>(degree) + 1)};
    series.coefficients.back() = 1;
    check_series(series);
    series.coefficients[0] = 3;
    check_series(series);
    series.coefficients[1] = Rational(-1, 2);
    check_series(series);
  }
}

TEST_CASE("series with regular zeros") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const int degree : {9, 15, 30, 33, 65, 96, 129}) {
    for (const int stride : {3, 4, 5}) {
      CAPTURE(degree);
      CAPTURE(stride);
      check_series(every(stride, test::random_series(random, degree, Parity::none, 0.97)));
    }
  }
}

TEST_CASE("huge, tiny, equal and vanishing coefficients") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const int degree : {1, 3, 7, 16, 31}) {
    CAPTURE(degree);
    const ChebyshevSeries series = test::random_series(random, degree, Parity::none, 1);
    check_series(times(power_of_two(900), series));
    check_series(times(power_of_two(-900), series));
    check_series(times(64, series));
    ChebyshevSeries changed = series;
    changed.coefficients.back() = Rational(1e-300);
    check_series(changed);
    changed.coefficients.back() = Rational(1e300);
    check_series(changed);
    changed.coefficients.assign(series.coefficients.size(), Rational(5e-324));
    check_series(changed);
    changed.coefficients.assign(series.coefficients.size(), Rational(1));
    check_series(changed);
    changed = series;
    changed.coefficients.resize(series.coefficients.size() + 3);  // zeros on top
    check_series(changed);
    changed.coefficients.assign(series.coefficients.size(), Rational(0));
    check_series(changed);
  }
}

TEST_CASE("stages of the lowest degrees, and beyond the searched ones") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::vector<std::vector<int>> chains = {
      {1}, {3}, {1, 1}, {3, 1}, {1, 3}, {1, 1, 1, 1, 1}, {3, 65}, {67, 3}};
  for (const Kind kind :
       {Kind::sign, Kind::step, Kind::compare, Kind::relu, Kind::abs, Kind::max, Kind::min}) {
    CAPTURE(std::string(name_of(kind)));
    for (const std::vector<int>& degrees : chains) {
      CAPTURE(degrees.size());
      CAPTURE(degrees.front());
      std::vector<ChebyshevSeries> stages;
      for (const int degree : degrees) {
        stages.push_back(test::random_series(random, degree, Parity::odd, 0.97));
      }
      std::optional<Plan> plan;
      CHECK_NOTHROW(plan = check_plan(kind, stages));
      if (plan) CHECK(plan->costs.levels == minimum_plan_levels(kind, stages));
    }
  }
}
