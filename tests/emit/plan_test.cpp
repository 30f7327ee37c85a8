// Plans compute the polynomial that they were made for, in the levels that its degree needs.
#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

#include "emit/plan/expand.hpp"
#include "emit/plan/latency.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/series.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;
using test::fits;
using test::norm;
using test::random_series;

TEST_CASE("a plan is the polynomial, for every degree and parity up to 127") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const Parity parity : {Parity::none, Parity::odd, Parity::even}) {
    for (int degree = 0; degree <= 127; ++degree) {
      if (!fits(degree, parity) || !test::is_tried(degree, parity)) continue;
      CAPTURE(degree);
      const auto series = random_series(random, degree, parity, degree % 3 == 0 ? 0.8 : 0.97);
      const auto planned = make_plan(Kind::minimax, {series}, {.absorb = false});
      REQUIRE(planned.has_value());
      // Only the rounding of each scalar may separate them.
      CHECK(coefficient_distance(planned->computed[0], series) <=
            norm(series) * planned->plan.growth * power_of_two(-50));
      CHECK(planned->plan.costs.levels == minimum_levels(degree));
    }
  }
}

TEST_CASE("levels are ceil(log2(degree + 1))") {
  const std::pair<int, int> known[] = {{0, 0}, {1, 1},  {2, 2},  {3, 2},  {4, 3},  {7, 3},
                                       {8, 4}, {15, 4}, {31, 5}, {63, 6}, {64, 7}, {127, 7}};
  for (const auto& [degree, levels] : known) CHECK(minimum_levels(degree) == levels);
}

TEST_CASE("zero coefficients cost nothing") {
  // T_16 alone: a chain of squarings and one scalar product.
  ChebyshevSeries single{.coefficients = std::vector<Rational>(17)};
  single.coefficients[16] = Rational(3, 4);
  single.parity = Parity::even;
  const auto plan = make_plan(Kind::minimax, {single}, {.absorb = false})->plan;
  CHECK(plan.costs.key_switches == 4);
  CHECK(plan.costs.scalar_products == 1);
  CHECK(plan.costs.levels == 5);
  const auto absorbed = make_plan(Kind::minimax, {single})->plan;
  CHECK(absorbed.costs.key_switches == 4);
  CHECK(absorbed.costs.scalar_products == 0);
  CHECK(absorbed.costs.levels == 4);
  CHECK(absorbed.output_scale_factor == Rational(to_double(Rational(2, 3))));
}

TEST_CASE("of degree 2^k the leading term takes no level of its own") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::pair<int, int> key_switches[] = {{2, 1}, {4, 2}, {8, 4}, {16, 7}, {32, 12}};
  for (const Parity parity : {Parity::none, Parity::even}) {
    for (const auto& [degree, most] : key_switches) {
      CAPTURE(degree);
      auto series = random_series(random, degree, parity, 0.97);
      for (const Rational& leading : {Rational(3, 8), Rational(-3, 8), Rational(2)}) {
        series.coefficients.back() = leading;
        const auto planned = make_plan(Kind::minimax, {series});
        REQUIRE(planned.has_value());
        const Plan& plan = planned->plan;
        CHECK(plan.costs.levels == minimum_levels(degree) - 1);
        CHECK(plan.costs.key_switches <= most);
        CHECK(plan.output_scale_factor == Rational(to_double(1 / (2 * abs(leading)))));
        CHECK(coefficient_distance(planned->computed[0], series) <=
              norm(series) * plan.growth * power_of_two(-50));
      }
    }
  }
}

TEST_CASE("a leading term that is next to nothing is scaled as any other") {
  const ChebyshevSeries series{.coefficients = {Rational(1, 4), Rational(1), power_of_two(-40)}};
  const Plan plan = make_plan(Kind::minimax, {series})->plan;
  CHECK(plan.costs.levels == 2);
  CHECK(plan.output_scale_factor == 1);
}

// x^2 + x + 3/4 on [-1, 1]: a factor of 1 would promise a scale that no scalar brings about.
TEST_CASE("a monic quadratic takes one level, and gives twice its value") {
  for (const Rational& leading : {Rational(1, 2), Rational(-1, 2)}) {
    const ChebyshevSeries series{.coefficients = {Rational(5, 4), Rational(1), leading}};
    const auto planned = make_plan(Kind::minimax, {series});
    REQUIRE(planned.has_value());
    CHECK(planned->plan.costs.levels == 1);
    CHECK(planned->plan.costs.scalar_products == 0);
    CHECK(planned->plan.output_scale_factor == 2);
    CHECK(planned->computed[0].coefficients == series.coefficients);
    const auto whole = make_plan(Kind::minimax, {series}, {.absorb = false});
    CHECK(whole->plan.costs.levels == 2);
    CHECK(whole->plan.output_scale_factor == 1);
  }
}

TEST_CASE("x^2 is one square") {
  const ChebyshevSeries square = from_powers({0, 0, 1}, {-8, 8});
  const Plan plan = make_plan(Kind::minimax, {square})->plan;
  CHECK(plan.costs.levels == 1);
  CHECK(plan.costs.key_switches == 1);
  CHECK(plan.costs.tensor_products == 1);
  CHECK(plan.costs.scalar_products == 0);
  CHECK(plan.output_scale_factor == Rational(1, 64));
}

TEST_CASE("odd and even series cost less than dense ones") {
  test::Random random(test::seed());
  for (const int degree : {7, 15, 27, 31, 63}) {
    const auto dense =
        make_plan(Kind::minimax, {random_series(random, degree, Parity::none, 0.97)});
    const auto odd = make_plan(Kind::minimax, {random_series(random, degree, Parity::odd, 0.97)});
    CHECK(odd->plan.costs.key_switches <= dense->plan.costs.key_switches);
    const auto transforms = [](const Plan& plan) {
      return latency_of(plan.program, CostTable::transforms());
    };
    CHECK(transforms(odd->plan) <= transforms(dense->plan));
  }
}

TEST_CASE("costs are those of the program, and every relinearisation follows a product") {
  test::Random random(test::seed());
  const auto plan = make_plan(Kind::minimax, {random_series(random, 59, Parity::none, 0.9)})->plan;
  std::vector<int> components;
  int relinearisations = 0;
  for (const Instruction& step : plan.program) {
    const auto of = [&](int i) { return i < 0 ? 0 : components[static_cast<std::size_t>(i)]; };
    int count = std::max(of(step.left), of(step.right));
    if (step.operation == PlanOperation::input) count = 2;
    if (step.operation == PlanOperation::multiply || step.operation == PlanOperation::square) {
      CHECK(of(step.left) == 2);
      CHECK((step.right < 0 || of(step.right) == 2));
      count = 3;
    }
    if (step.operation == PlanOperation::relinearize) {
      CHECK(count == 3);
      count = 2;
      ++relinearisations;
    }
    components.push_back(count);
  }
  CHECK(components.back() == 2);
  CHECK(relinearisations == plan.costs.key_switches);
}

TEST_CASE("addends are at one depth") {
  test::Random random(test::seed());
  for (const Kind kind : {Kind::relu, Kind::max, Kind::compare}) {
    const std::vector<ChebyshevSeries> stages = {random_series(random, 15, Parity::odd, 1),
                                                 random_series(random, 27, Parity::odd, 1)};
    const auto plan = make_plan(kind, stages)->plan;
    for (const Instruction& step : plan.program) {
      if (step.right < 0) continue;
      CHECK(plan.program[static_cast<std::size_t>(step.left)].depth ==
            plan.program[static_cast<std::size_t>(step.right)].depth);
    }
  }
}

TEST_CASE("stages are chained: each computed polynomial is its stage") {
  test::Random random(test::seed());
  std::vector<ChebyshevSeries> stages = {random_series(random, 7, Parity::odd, 1),
                                         random_series(random, 15, Parity::odd, 1),
                                         random_series(random, 13, Parity::odd, 1)};
  stages[0].basis = {-50, 50};
  stages[1].basis = {Rational(-13, 8), Rational(13, 8)};
  stages[2].basis = {Rational(-1.3), Rational(1.3)};
  for (const Kind kind :
       {Kind::sign, Kind::step, Kind::compare, Kind::relu, Kind::abs, Kind::max, Kind::min}) {
    const auto planned = make_plan(kind, stages);
    REQUIRE(planned->computed.size() == stages.size());
    for (std::size_t i = 0; i < stages.size(); ++i) {
      CHECK(coefficient_distance(planned->computed[i], stages[i]) <=
            norm(stages[i]) * power_of_two(-46));
      CHECK(planned->computed[i].basis.upper == stages[i].basis.upper);
    }
    CHECK(planned->plan.inputs() == (has_two_inputs(kind) ? 2 : 1));
    CHECK(planned->plan.costs.levels == 3 + 4 + 4);  // x times sign takes the depth of sign
  }
}

TEST_CASE("growth is the largest sum of |scalar| times bounds") {
  // 0.5 T_1 + 3 T_2: T_2 = 2 T_1^2 - 1 sums to 3, the result to 3.5.
  const ChebyshevSeries series{.coefficients = {0, Rational(1, 2), 3}};
  CHECK(make_plan(Kind::minimax, {series}, {.absorb = false})->plan.growth == Rational(7, 2));
  // With 2 in place of 3, T_1 (T_1 + 1/8) - 1/2 times 4: the factor in brackets is up to 9/8.
  const ChebyshevSeries other{.coefficients = {0, Rational(1, 2), 2}};
  CHECK(make_plan(Kind::minimax, {other})->plan.growth == Rational(13, 8));
}

TEST_CASE("plans exist up to degree 4095, and are the polynomial") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::tuple<int, Parity, double> series_of[] = {{1023, Parity::none, 0.999},
                                                       {2046, Parity::even, 1},
                                                       {2047, Parity::odd, 0.9995},
                                                       {4095, Parity::odd, 1}};
  for (const auto& [degree, parity, decay] : series_of) {
    CAPTURE(degree);
    const auto series = random_series(random, degree, parity, decay);
    const auto planned = make_plan(Kind::minimax, {series});
    REQUIRE(planned.has_value());
    CHECK(planned->plan.costs.levels == minimum_levels(degree));
    CHECK(coefficient_distance(planned->computed[0], series) <=
          norm(series) * planned->plan.growth * power_of_two(-50));
  }
  CHECK_FALSE(make_plan(Kind::minimax, {random_series(random, 4097, Parity::odd, 1)}).has_value());
}

// expand() is the checker above; it must see a wrong program.
TEST_CASE("expand notices a changed scalar and a changed operand") {
  test::Random random(test::seed());
  const auto series = random_series(random, 9, Parity::none, 1);
  auto program = make_plan(Kind::minimax, {series})->plan.program;
  const auto right = expand(program).values.back();
  auto scalar = program;
  const auto product =
      std::ranges::find(scalar, PlanOperation::multiply_scalar, &Instruction::operation);
  product->scalar += power_of_two(-30);
  CHECK(expand(scalar).values.back() != right);
  auto operand = program;
  const auto multiplication =
      std::ranges::find(operand, PlanOperation::multiply, &Instruction::operation);
  REQUIRE(multiplication != operand.end());
  multiplication->left = multiplication->right;
  CHECK(expand(operand).values.back() != right);
}
