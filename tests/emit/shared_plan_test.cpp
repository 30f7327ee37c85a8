// Several functions in one program, and several coefficients in programs of one shape.
#include "emit/plan/shared_plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

ChebyshevSeries random_series(test::Random& random, int degree, Parity parity) {
  ChebyshevSeries series{.parity = parity};
  for (int k = 0; k <= degree; ++k) {
    const bool zero =
        (parity == Parity::odd && k % 2 == 0) || (parity == Parity::even && k % 2 == 1);
    const double c = test::real_between(random, 0.25, 1) * (random() % 2 == 0 ? 1 : -1);
    series.coefficients.push_back(zero ? Rational(0) : Rational(c / (degree + 1)));
  }
  return series;
}

bool is_near(const ChebyshevSeries& a, const ChebyshevSeries& b) {
  return coefficient_distance(a, b) < power_of_two(-40);
}

// Whether they differ in scalars alone.
bool agree(const std::vector<Instruction>& a, const std::vector<Instruction>& b) {
  return std::ranges::equal(a, b, [](const Instruction& x, const Instruction& y) {
    return x.operation == y.operation && x.name == y.name && x.left == y.left &&
           x.right == y.right && x.integer == y.integer && x.depth == y.depth;
  });
}

}  // namespace

TEST_CASE("functions of one input share their powers") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::vector<ChebyshevSeries> functions = {
      random_series(random, 15, Parity::odd), random_series(random, 27, Parity::odd),
      random_series(random, 12, Parity::even), random_series(random, 20, Parity::none)};
  const auto shared = make_shared_plan(functions);
  REQUIRE(shared.has_value());
  int alone = 0;
  int deepest = 0;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    CHECK(is_near(shared->computed[i], functions[i]));
    const auto one = make_plan(Kind::minimax, {functions[i]});
    alone += one->plan.costs.key_switches;
    deepest = std::max(deepest, one->plan.costs.levels);
    const auto at = static_cast<std::size_t>(shared->results[i]);
    CHECK(shared->program[at].depth == one->plan.costs.levels);
  }
  CHECK(shared->costs.levels == deepest);
  CHECK(shared->costs.key_switches + 6 <= alone);
  // A function far below another one in degree.
  const auto unlike = make_shared_plan({functions[1], random_series(random, 3, Parity::none)});
  REQUIRE(unlike.has_value());
  CHECK(is_near(unlike->computed[0], functions[1]));
  CHECK(unlike->computed[1].degree() == 3);
  // Two times the same function costs its powers once.
  const auto twice = make_shared_plan({functions[0], functions[0]});
  CHECK(twice->costs.key_switches <
        2 * make_plan(Kind::minimax, {functions[0]})->plan.costs.key_switches);
}

TEST_CASE("a shared plan refuses what has no common variable") {
  test::Random random(test::seed());
  ChebyshevSeries wide = random_series(random, 5, Parity::none);
  wide.basis = {-2, 2};
  CHECK_THROWS_AS(static_cast<void>(make_shared_plan({})), std::invalid_argument);
  CHECK_THROWS_AS(
      static_cast<void>(make_shared_plan({random_series(random, 5, Parity::none), wide})),
      std::invalid_argument);
  CHECK_FALSE(make_shared_plan({random_series(random, 4096, Parity::none)}).has_value());
}

TEST_CASE("other coefficients take the same program with other scalars") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const int degree : {1, 4, 7, 15, 20, 27, 31}) {
    CAPTURE(degree);
    std::vector<std::vector<ChebyshevSeries>> members;
    const Parity parity = degree % 2 == 1 ? Parity::odd : Parity::none;
    for (int i = 0; i < 4; ++i) members.push_back({random_series(random, degree, parity)});
    members[2][0].coefficients[1] = 0;  // a zero of one member is a scalar all the same
    const auto family = make_plan_family(Kind::minimax, members);
    REQUIRE(family.has_value());
    for (std::size_t m = 0; m < members.size(); ++m) {
      const PlannedFunction& one = (*family)[m];
      CHECK(agree(one.plan.program, family->front().plan.program));
      CHECK(is_near(one.computed[0], members[m][0]));
    }
    CHECK(family->front().plan.costs.levels ==
          make_plan(Kind::minimax, members.front(), {.absorb = false})->plan.costs.levels);
  }
}

TEST_CASE("a family of composites") {
  test::Random random(test::seed());
  std::vector<std::vector<ChebyshevSeries>> members;
  for (int i = 0; i < 3; ++i) {
    members.push_back(
        {random_series(random, 7, Parity::odd), random_series(random, 13, Parity::odd)});
  }
  const auto family = make_plan_family(Kind::relu, members);
  REQUIRE(family.has_value());
  for (std::size_t m = 0; m < members.size(); ++m) {
    CHECK(agree((*family)[m].plan.program, family->front().plan.program));
    CHECK(is_near((*family)[m].computed[1], members[m][1]));
    CHECK((*family)[m].plan.output_scale_factor == 1);
  }
  CHECK_THROWS_AS(static_cast<void>(make_plan_family(Kind::relu, {members[0], {members[0][0]}})),
                  std::invalid_argument);
}
