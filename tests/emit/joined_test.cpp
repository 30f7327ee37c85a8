// Programs of joined pieces: what they compute, what they share, what they are read back as.
#include "emit/plan/joined.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "emit/plan/ciphertext_rules.hpp"
#include "tests/support/random.hpp"
#include "tests/support/series.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;

namespace {

// Random stages of these degrees, and factors and a mean of degree `pieces`.
std::vector<ChebyshevSeries> polynomials_for(const std::vector<std::vector<int>>& joints,
                                             int pieces) {
  test::Random random(test::seed());
  const auto of = [&](int degree, Parity parity, const Interval& basis) {
    ChebyshevSeries p = test::random_series(random, degree, parity, 0.5);
    p.basis = basis;
    return p;
  };
  std::vector<ChebyshevSeries> all;
  for (const std::vector<int>& degrees : joints) {
    for (std::size_t i = 0; i < degrees.size(); ++i) {
      all.push_back(i == 0 ? of(degrees[i], Parity::none, {-3, 5})
                           : of(degrees[i], Parity::odd, {-2, 2}));
    }
    all.push_back(of(pieces, Parity::none, {-3, 5}));
  }
  all.push_back(of(pieces, Parity::none, {-3, 5}));
  return all;
}

JoinedForm form_for(const std::vector<std::vector<int>>& joints) {
  JoinedForm form;
  for (const std::vector<int>& degrees : joints) {
    form.stages.push_back(static_cast<int>(degrees.size()));
  }
  return form;
}

PlannedFunction planned(const std::vector<std::vector<int>>& joints,
                        const std::vector<ChebyshevSeries>& polynomials) {
  auto made = plan_joined(form_for(joints), polynomials, {});
  REQUIRE(made.has_value());
  return *std::move(made);
}

const std::vector<std::vector<std::vector<int>>>& joints_of_all() {
  static const std::vector<std::vector<std::vector<int>>> all = {
      {{7, 7}},        {{5, 3, 9}}, {{7, 7}, {7, 7}}, {{9, 15}, {6, 3}}, {{5, 5}, {7, 7}, {5, 5}},
      {{3, 3}, {7, 3}}};
  return all;
}

}  // namespace

TEST_CASE("programs of joints compute their steps, in the fewest levels") {
  for (const auto& joints : joints_of_all()) {
    for (const int pieces : {1, 2}) {
      const auto polynomials = polynomials_for(joints, pieces);
      const PlannedFunction made = planned(joints, polynomials);
      CHECK(breach_of_ciphertext_rules(made.plan.program) == "");
      CHECK(made.plan.costs == count(made.plan.program));
      CHECK(made.plan.costs.levels == joined_levels(form_for(joints), polynomials));
      const StepEvaluator<PlotReal> exact(steps_of(form_for(joints)), polynomials);
      for (const double x : {-3.0, -1.25, 0.0, 1.3, 4.5, 5.0}) {
        const PlotReal value = value_of_program(made.plan, PlotReal(x));
        const PlotReal difference = real_abs(PlotReal(value - exact(PlotReal(x))));
        CHECK(difference <= PlotReal(0x1p-36) * (1 + real_abs(exact(PlotReal(x)))));
      }
    }
  }
}

TEST_CASE("programs of joints are read back exactly, and others are not") {
  for (const auto& joints : joints_of_all()) {
    const auto polynomials = polynomials_for(joints, 1);
    const PlannedFunction made = planned(joints, polynomials);
    const JoinedForm form = form_for(joints);
    const auto meaning = joined_meaning(made.plan.program, form, polynomials);
    REQUIRE(meaning.has_value());
    REQUIRE(meaning->size() == polynomials.size());
    const StepEvaluator<PlotReal> computed(steps_of(form), *meaning);
    for (const double x : {-2.75, 0.5, 4.0}) {
      const PlotReal value = value_of_program(made.plan, PlotReal(x));
      const PlotReal difference = real_abs(PlotReal(value - computed(PlotReal(x))));
      CHECK(difference <= PlotReal(0x1p-60) * (1 + real_abs(value)));
    }
    JoinedForm longer = form;
    ++longer.stages.front();
    auto more = polynomials;
    more.insert(more.begin() + 1, more[1]);
    CHECK_FALSE(joined_meaning(made.plan.program, longer, more).has_value());
    std::vector<Instruction> program = made.plan.program;
    program.pop_back();
    CHECK_FALSE(joined_meaning(program, form, polynomials).has_value());
    program = made.plan.program;
    std::ranges::find(program, PlanOperation::normalise, &Instruction::operation)->centre = 2;
    CHECK_FALSE(joined_meaning(program, form, polynomials).has_value());
    program = made.plan.program;
    std::ranges::find(program, PlanOperation::stage, &Instruction::operation)->left = 0;
    CHECK_FALSE(joined_meaning(program, form, polynomials).has_value());
  }
}

// The powers of x once, and one key switch for what ends at one depth.
TEST_CASE("joints share what they can") {
  const std::vector<std::vector<int>> one = {{7, 7}};
  const std::vector<std::vector<int>> two = {{7, 7}, {7, 7}};
  const std::vector<std::vector<int>> three = {{7, 7}, {7, 7}, {7, 7}};
  const auto costs = [](const std::vector<std::vector<int>>& joints) {
    return planned(joints, polynomials_for(joints, 1)).plan.costs;
  };
  const int more = costs(two).key_switches - costs(one).key_switches;
  CHECK(more <= costs(one).key_switches - 3);
  CHECK(costs(three).key_switches == costs(two).key_switches + more);
  CHECK(costs(three).levels == costs(one).levels);
}

TEST_CASE("a mean that is a number takes no product") {
  auto polynomials = polynomials_for({{7, 7}}, 1);
  const PlanCosts with_line = planned({{7, 7}}, polynomials).plan.costs;
  for (const Rational& number : {Rational(0), Rational(1, 2)}) {
    polynomials.back().coefficients = {number};
    const PlannedFunction made = planned({{7, 7}}, polynomials);
    CHECK(made.plan.costs.scalar_products < with_line.scalar_products);
    CHECK(made.computed.back().coefficients == std::vector<Rational>{number});
    CHECK(made.plan.program.back().name == "result");
  }
}

TEST_CASE("joints whose polynomials have different bases are refused") {
  auto polynomials = polynomials_for({{7, 7}}, 1);
  polynomials.back().basis = {-3, 6};
  CHECK_THROWS_AS(static_cast<void>(plan_joined({{2}}, polynomials, {})), std::invalid_argument);
  polynomials = polynomials_for({{7, 7}}, 1);
  polynomials[1].basis = {-1, 2};
  CHECK_THROWS_AS(static_cast<void>(plan_joined({{2}}, polynomials, {})), std::invalid_argument);
}
