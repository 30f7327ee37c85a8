// Series that are a square and a rest take a key switch or two more than the root; others do not.
#include "emit/plan/square_shape.hpp"

#include <doctest/doctest.h>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/series_arithmetic.hpp"
#include "emit/plan/stage_choice.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

constexpr int root_degree = 28;

// Multiples of 2^-20 that fall off slowly.
Series random_series(test::Random& random, int degree) {
  Series series;
  for (int k = 0; k <= degree; ++k) {
    const int numerator = test::integer_between(random, 1 << 18, 1 << 20);
    series.push_back(Rational(numerator) / (1 << 20) / (k + 4));
  }
  for (Rational& c : series) c = round_to_bits(c, 20, Rounding::down);
  return series;
}

Series square_and_rest(test::Random& random) {
  const Series root = random_series(random, root_degree);
  return sum(product(root, root), random_series(random, root_degree * 3 / 4), 1);
}

PlannedFunction planned(const Series& series) {
  auto plan = make_plan(Kind::minimax, {{.coefficients = series}}, {.absorb = false});
  REQUIRE(plan.has_value());
  return *std::move(plan);
}

}  // namespace

TEST_CASE("a square and a rest takes a key switch more than a root that has its degrees") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  // A root could be a chain, with one less; the square of one is none.
  const StageTask root{.coefficients = random_series(random, root_degree), .absorb = false};
  const int of_root = choose_stage(root, minimum_levels(root), 64)->costs.key_switches;
  for (int i = 0; i < test::effort(); ++i) {
    const Series series = square_and_rest(random);
    const PlannedFunction made = planned(series);
    CHECK(made.plan.costs.levels == minimum_levels(2 * root_degree));
    CHECK(made.plan.costs.key_switches > of_root);
    CHECK(made.plan.costs.key_switches <= of_root + 2);
    Rational size = 0;
    for (const Rational& c : series) size += abs(c);
    CHECK(coefficient_distance(made.computed.front(), {.coefficients = series}) <=
          size * made.plan.growth * power_of_two(-44));
  }
}

TEST_CASE("what is no square and rest is planned as ever") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  const int levels = minimum_levels(2 * root_degree);
  Series series = square_and_rest(random);
  CHECK_FALSE(square_shapes_of(series, levels).empty());
  Series with_higher_rest = series;
  with_higher_rest[root_degree - 1] += power_of_two(-20);
  CHECK(square_shapes_of(with_higher_rest, levels).empty());
  CHECK(planned(with_higher_rest).plan.costs.key_switches >
        planned(series).plan.costs.key_switches);
  Series negative = series;
  for (Rational& c : negative) c = -c;
  CHECK(square_shapes_of(negative, levels).empty());
  Series falling = series;
  falling.back() = power_of_two(-900);  // roots beyond all bounds
  CHECK(square_shapes_of(falling, levels).empty());
  series.pop_back();  // an odd degree
  CHECK(square_shapes_of(series, levels).empty());
}
