// Programs of steps: what they cost, what they compute, what they are read back as, what is
// refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "emit/plan/ciphertext_rules.hpp"
#include "emit/plan/stepped.hpp"
#include "tests/support/random.hpp"
#include "tests/support/series.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;

namespace {

struct Made {
  std::vector<ChebyshevSeries> stored;
  std::vector<Interval> ranges;
  Plan plan;
};

Made made(const Steps& steps, std::size_t polynomials) {
  test::Random random(test::seed());
  Made one;
  for (std::size_t i = 0; i < polynomials; ++i) {
    one.stored.push_back(test::random_series(random, 7, Parity::none, 0.5));
    one.stored.back().basis = {-4, 4};
    one.ranges.push_back({-4, 4});
  }
  if (polynomials > 1 && !follows_directly(steps, polynomials - 1)) {
    one.stored.back().basis = {-1, 1};
    for (Rational& c : one.stored.front().coefficients) c /= 8;  // its doublings stay in [-1, 1]
  }
  auto planned = plan_steps(Kind::exp, steps, one.stored, one.ranges, {});
  REQUIRE(planned.has_value());
  one.plan = std::move(planned->plan);
  return one;
}

// cos by doubling its angle twice: 2 y^2 - 1.
Steps doublings() {
  Steps steps = with_affine(with_squares(chain_of(1), 1), 2, -1);
  return with_affine(with_squares(std::move(steps), 1), 2, -1);
}

// An arcsine of the sine that they make.
Steps arcsine() { return with_polynomial(doublings()); }

Steps times_x() {
  Steps steps = with_squares(chain_of(1), 1);
  steps.push_back({.operation = StepOperation::product, .left = 2, .right = 0});
  return steps;
}

const std::vector<std::pair<Steps, std::size_t>>& plannable() {
  static const std::vector<std::pair<Steps, std::size_t>> all = {
      {chain_of(1), 1},
      {chain_of(2), 2},
      {with_squares(chain_of(1), 3), 1},
      {with_affine(chain_of(2), Rational(1, 2), Rational(1, 2)), 2},
      {doublings(), 1},
      {arcsine(), 2},
      {times_x(), 1},
  };
  return all;
}

// The variable of the last stage is the value before it, and nothing else is read.
void check_ending_is_read(const Plan& plan,
                          const std::function<Expected<SteppedMeaning>(const Plan&)>& read) {
  const auto stage = [](Plan& changed) {
    return std::ranges::find(changed.program, PlanOperation::stage, &Instruction::operation);
  };
  Plan earlier = plan;
  --stage(earlier)->left;
  CHECK_FALSE(read(earlier).has_value());
  Plan renamed = plan;
  stage(renamed)->name = "t1_again";
  CHECK_FALSE(read(renamed).has_value());
  Plan other = plan;
  const auto variable = static_cast<int>(stage(other) - other.program.begin());
  const auto reads_it = [&](const Instruction& step) { return step.left == variable; };
  std::ranges::find_if(other.program, reads_it)->left = 0;
  CHECK_FALSE(read(other).has_value());
}

}  // namespace

TEST_CASE("programs of steps compute their steps, and cost what is said of them") {
  for (const auto& [steps, polynomials] : plannable()) {
    REQUIRE(can_be_planned(steps));
    const Made one = made(steps, polynomials);
    CHECK(one.plan.costs == count(one.plan.program));
    CHECK(breach_of_ciphertext_rules(one.plan.program) == "");
    const Made start = made(chain_of(polynomials), polynomials);
    CHECK(one.plan.costs.levels == start.plan.costs.levels + levels_after_start(steps));
    CHECK(minimum_stepped_levels(Kind::exp, steps, one.stored, {}) == one.plan.costs.levels);
    const StepEvaluator<PlotReal> exact(steps, one.stored);
    for (const double x : {-4.0, -1.25, 0.0, 0.3, 3.5}) {
      const PlotReal value = value_of_program(one.plan, PlotReal(x));
      const PlotReal difference = real_abs(PlotReal(value - exact(PlotReal(x))));
      CHECK(difference <= PlotReal(0x1p-40) * (1 + real_abs(exact(PlotReal(x)))));
    }
  }
}

TEST_CASE("programs of steps are read back, and others are not") {
  for (const auto& [steps, polynomials] : plannable()) {
    const Made one = made(steps, polynomials);
    const auto read = [&](const Plan& plan, const Steps& as) {
      return stepped_meaning(plan, Kind::exp, as, one.stored, one.ranges);
    };
    const auto meaning = read(one.plan, steps);
    REQUIRE(meaning);
    CHECK(meaning->polynomials.size() == polynomials);
    CHECK(meaning->growth == one.plan.growth);
    if (levels_after_start(steps) == 0) continue;
    CHECK_FALSE(read(one.plan, with_squares(steps, 1)).has_value());
    CHECK_FALSE(read(one.plan, chain_of(polynomials)).has_value());
    Plan scaled = one.plan;
    scaled.output_scale_factor = 2;
    CHECK_FALSE(read(scaled, steps).has_value());
    if (steps.back().operation == StepOperation::polynomial) {
      check_ending_is_read(one.plan, [&](const Plan& plan) { return read(plan, steps); });
      continue;  // what follows its variable is any polynomial of it
    }
    Plan shorter = one.plan;
    shorter.program.pop_back();
    CHECK_FALSE(read(shorter, steps).has_value());
    Plan other = one.plan;
    other.program.back().operation = PlanOperation::drop;
    CHECK_FALSE(read(other, steps).has_value());
  }
}

TEST_CASE("the growth of a program of steps bounds what its steps make") {
  const Made one = made(with_squares(chain_of(1), 2), 1);
  CHECK(one.plan.growth >= 256);  // (4^2)^2
  const Made doubled = made(doublings(), 1);
  CHECK(doubled.plan.growth >= 2 * 31 * 31 + 1);  // the first doubling is in [-1, 31]
}

TEST_CASE("steps that no program takes are told") {
  CHECK_FALSE(can_be_planned(with_squares({}, 1)));             // no polynomial first
  CHECK_FALSE(can_be_planned(with_affine(chain_of(1), 3, 1)));  // not after a product
  CHECK_FALSE(can_be_planned(
      with_affine(with_squares(chain_of(1), 1), Rational(1, 3), 0)));  // no whole number
  Steps inner = doublings();  // reads a square that has no value of its own
  inner.push_back({.operation = StepOperation::product, .left = 2, .right = 5});
  CHECK_FALSE(can_be_planned(inner));
  const ChebyshevSeries line{.coefficients = {0, 1}};
  const ChebyshevSeries wide{.basis = {-2, 2}, .coefficients = {0, 1}};
  CHECK_THROWS_AS(
      static_cast<void>(plan_steps(Kind::minimax, arcsine(), {line, wide}, {{-1, 1}, {-1, 1}}, {})),
      std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(plan_steps(Kind::exp, inner, {line}, {{-1, 1}}, {})),
                  std::invalid_argument);
}
