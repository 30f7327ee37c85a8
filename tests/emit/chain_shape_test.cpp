// Chains in which every value adapts: what they compute, and the key switches that they save.
#include "emit/plan/chain_shape.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "emit/plan/compose.hpp"
#include "emit/plan/latency.hpp"
#include "emit/plan/least_scalars.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/noise.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/stage_choice.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

ShapeRequest request_for(int degree, SeriesClass series_class) {
  return {.series_class = series_class, .degree = degree, .levels = minimum_levels(degree)};
}

// The series of |x| in T_2, and one with a jump at an end.
std::vector<Rational> dense_series(int degree, bool of_absolute_value) {
  std::vector<Rational> c;
  for (int k = 0; k <= degree; ++k) {
    const double alternating = k % 2 == 0 ? -1 : 1;
    c.emplace_back(of_absolute_value ? alternating / (4.0 * k * k - 1) : 1.0 / (k + 1));
  }
  return c;
}

// With the first scalars that keep growth and themselves within the limit.
std::optional<PlanCosts> costs_of_chain(const std::vector<Rational>& c, int key_switches) {
  constexpr unsigned starts = 30;
  const StageTask task{.coefficients = c, .absorb = false};
  const Rational limit = growth_allowed(task, 64);
  const ShapeRequest request = request_for(static_cast<int>(c.size()) - 1, SeriesClass::dense);
  for (const Shape& shape : chain_shapes_of(request, key_switches)) {
    for (unsigned seed = 1; seed <= starts; ++seed) {
      const auto found =
          least_scalars(shape, c, scattered(no_scalars(shape, c), seed), Least::terms);
      if (!found || found->largest > limit) continue;
      const Trial trial = trial_of(task, {.shape = shape, .scalars = *found});
      if (trial.holds && trial.growth <= limit) return count(trial.program);
    }
  }
  return std::nullopt;
}

PlannedFunction by_latency(const ChebyshevSeries& series) {
  return *make_plan(Kind::minimax, {series}, {.objective = PlanObjective::latency});
}

// What is chosen of powers and links.
Plan without_chain(const ChebyshevSeries& series) {
  const auto tasks = tasks_of(Kind::minimax, {series}, /*absorb=*/true);
  const auto choice = choose_stage(tasks[0], minimum_levels(tasks[0]), 64);
  REQUIRE(choice.has_value());
  return planned(Kind::minimax, {series}, program_of(Kind::minimax, {series}, tasks, {*choice}),
                 choice->output_scale_factor)
      .plan;
}

double transforms_of(const Plan& plan) { return latency_of(plan.program, CostTable::transforms()); }

double noise_of(const Plan& plan, SimulatedLibrary library) {
  const std::vector<double> usual(scale_marks(plan.program).size(), 0.0);
  return PlanNoise(plan, {{-1, 1}}, {.library = library}).size(usual).mean;
}

}  // namespace

// As tools/docs/plans.md has it.
TEST_CASE("dense series take the key switches of a chain") {
  const std::pair<int, int> known[] = {{12, 4}, {20, 5}, {24, 6}, {25, 6}, {26, 6}, {28, 6}};
  for (const auto& [degree, key_switches] : known) {
    CAPTURE(degree);
    for (const bool of_absolute_value : {false, true}) {
      CAPTURE(of_absolute_value);
      const auto costs = costs_of_chain(dense_series(degree, of_absolute_value), key_switches);
      REQUIRE(costs.has_value());
      CHECK(costs->levels == minimum_levels(degree));
      CHECK(costs->key_switches == key_switches);
      CHECK_FALSE(
          costs_of_chain(dense_series(degree, of_absolute_value), key_switches - 1).has_value());
    }
  }
}

// Products of a dense chain have a constant, which that of the result makes up for.
TEST_CASE("with the constant of the series a dense chain is not the series") {
  const auto c = dense_series(20, /*of_absolute_value=*/false);
  const StageTask task{.coefficients = c, .absorb = false};
  const auto shapes = chain_shapes_of(request_for(20, SeriesClass::dense), 5);
  REQUIRE_FALSE(shapes.empty());
  const Shape& shape = shapes.back();
  std::optional<ShapeScalars> found;
  for (unsigned seed = 1; !found && seed <= 30; ++seed) {
    found = least_scalars(shape, c, scattered(no_scalars(shape, c), seed), Least::terms);
  }
  REQUIRE(found.has_value());
  CHECK(trial_of(task, {.shape = shape, .scalars = *found}).holds);
  found->links.front().constant = c.front();
  CHECK_FALSE(trial_of(task, {.shape = shape, .scalars = *found}).holds);
}

// A key switch less than powers and one chain of links take (plans.md, the column "class"), and
// fewer transforms; none of the coefficients' 53 bits is lost, and half a bit of precision at most.
TEST_CASE("the planner takes a chain of dense values where it saves transforms") {
  const std::tuple<int, bool, int> taken[] = {
      {12, false, 4}, {20, false, 5}, {25, false, 6}, {26, false, 6}, {28, false, 6}};
  for (const auto& [degree, of_absolute_value, key_switches] : taken) {
    CAPTURE(degree);
    CAPTURE(of_absolute_value);
    const ChebyshevSeries series{.coefficients = dense_series(degree, of_absolute_value)};
    const PlannedFunction chosen = by_latency(series);
    const Plan& plan = chosen.plan;
    CHECK(plan.costs.levels == minimum_levels(degree));
    CHECK(plan.costs.key_switches == key_switches);
    const Plan other = without_chain(series);
    CHECK(other.costs.key_switches > key_switches);
    CHECK(transforms_of(plan) < transforms_of(other));
    CHECK(plan.growth <= growth_allowed({.coefficients = series.coefficients}, 64));
    CHECK(coefficient_distance(chosen.computed[0], series) <=
          magnitudes_of({.coefficients = series.coefficients}) * plan.growth * power_of_two(-44));
    for (const auto library : {SimulatedLibrary::seal, SimulatedLibrary::openfhe}) {
      CHECK(noise_of(plan, library) <= noise_of(other, library) + 0.5);
    }
  }
}

// Powers and links take a transform in 30 less, and a key switch more.
TEST_CASE("of |x| in T_2, degree 20, a chain is taken by key switches") {
  const ChebyshevSeries series{.coefficients = dense_series(20, /*of_absolute_value=*/true)};
  const Plan chain =
      make_plan(Kind::minimax, {series}, {.objective = PlanObjective::key_switches})->plan;
  CHECK(chain.costs.levels == minimum_levels(20));
  CHECK(chain.costs.key_switches == 5);
  const Plan usual = by_latency(series).plan;
  CHECK(usual.costs.key_switches == 6);
  CHECK(transforms_of(usual) < transforms_of(chain));
  for (const auto library : {SimulatedLibrary::seal, SimulatedLibrary::openfhe}) {
    CHECK(noise_of(chain, library) <= noise_of(usual, library) + 0.5);
  }
}

// Even series and x / 2: as dense ones in T_2.
TEST_CASE("a direct polynomial of ReLU takes a chain in T_2") {
  ChebyshevSeries series{.coefficients = std::vector<Rational>(41)};
  const auto even = dense_series(20, /*of_absolute_value=*/true);
  for (std::size_t k = 0; k < even.size(); ++k) series.coefficients[2 * k] = even[k];
  series.coefficients[1] = Rational(1, 2);
  const Plan plan = by_latency(series).plan;
  CHECK(plan.costs.levels == 6);
  CHECK(plan.costs.key_switches == 6);
}

// At degree 24 a chain has a key switch less, and more transforms. Of |x| those of degree 12 that
// are found lose a bit. Where coefficients fall off fast nothing is looked for.
TEST_CASE("chains of dense values that do not pay, or lose precision, are refused") {
  const auto plan_of = [](const std::vector<Rational>& c, PlanObjective objective) {
    return make_plan(Kind::minimax, {{.coefficients = c}}, {.objective = objective})->plan;
  };
  const auto slow = dense_series(24, /*of_absolute_value=*/false);
  CHECK(plan_of(slow, PlanObjective::latency).costs.key_switches == 7);
  const Plan chain = plan_of(slow, PlanObjective::key_switches);
  CHECK(chain.costs.key_switches == 6);
  std::set<std::string> names;  // two links have degree 8
  for (const Instruction& step : chain.program) names.insert(step.name);
  CHECK(names.size() == chain.program.size());
  const auto imprecise = dense_series(12, /*of_absolute_value=*/true);
  CHECK(plan_of(imprecise, PlanObjective::key_switches).costs.key_switches == 5);
  auto falling = dense_series(12, /*of_absolute_value=*/false);
  for (std::size_t k = 0; k < falling.size(); ++k)
    falling[k] *= power_of_two(-4 * static_cast<long>(k));
  CHECK(plan_of(falling, PlanObjective::key_switches).costs.key_switches == 5);
}

TEST_CASE("a chain of dense values is chosen on its terms, and for dense series alone") {
  const StageTask task{.coefficients = dense_series(20, /*of_absolute_value=*/false)};
  const auto yes = [](const StageChoice&) { return true; };
  const auto no = [](const StageChoice&) { return false; };
  const auto chosen = choose_dense_chain(task, 5, 64, {.pays = yes, .is_precise = yes});
  REQUIRE(chosen.has_value());
  CHECK(chosen->costs.key_switches == 5);
  CHECK(trial_of(task, *chosen).holds);
  CHECK_FALSE(choose_dense_chain(task, 5, 64, {.pays = no, .is_precise = yes}).has_value());
  CHECK_FALSE(choose_dense_chain(task, 5, 64, {.pays = yes, .is_precise = no}).has_value());
  CHECK_FALSE(choose_dense_chain(task, 4, 64, {.pays = yes, .is_precise = yes}).has_value());
  const StageTask odd{.coefficients = test::sign_stages({25}, power_of_two(-4))[0].coefficients};
  CHECK_FALSE(choose_dense_chain(odd, 5, 64, {.pays = yes, .is_precise = yes}).has_value());
}

TEST_CASE("no product of a dense chain exceeds its link, and nothing its depth") {
  const auto request = request_for(28, SeriesClass::dense);
  for (const Shape& shape : chain_shapes_of(request, 6)) {
    const auto degree_of_operand = [&](Operand operand) {
      return shape.is_link(operand)
                 ? shape.links[static_cast<std::size_t>(operand) - shape.powers.size()].degree
                 : shape.powers[static_cast<std::size_t>(operand)].degree;
    };
    const auto depth_of_operand = [&](Operand operand) {
      return shape.is_link(operand)
                 ? shape.links[static_cast<std::size_t>(operand) - shape.powers.size()].depth
                 : shape.powers[static_cast<std::size_t>(operand)].depth;
    };
    for (const ShapeLink& link : shape.links) {
      for (const ShapeProduct& made : link.products) {
        int first = degree_of_operand(made.first);
        int second = degree_of_operand(made.second);
        for (const Operand other : made.added) {
          first = std::max(first, degree_of_operand(other));
          CHECK(depth_of_operand(other) <= link.depth - 2);
        }
        for (const Operand other : made.lower) {
          second = std::max(second, degree_of_operand(other));
          CHECK(depth_of_operand(other) <= link.depth - 2);
        }
        CHECK(first + second <= link.degree);
      }
      for (const Operand other : link.scaled) CHECK(depth_of_operand(other) <= link.depth - 1);
    }
  }
}

// The lengths of the shortest addition chains of that depth, or one more.
TEST_CASE("sign takes the key switches of an addition chain") {
  const std::pair<int, int> known[] = {{17, 5}, {25, 6}, {29, 7}, {31, 8}, {35, 7}, {37, 7},
                                       {41, 7}, {45, 8}, {49, 8}, {51, 9}, {53, 9}};
  for (const auto& [degree, key_switches] : known) {
    CAPTURE(degree);
    for (const long gap_log2 : {-4L, -8L}) {
      CAPTURE(gap_log2);
      const auto stages = test::sign_stages({degree}, power_of_two(gap_log2));
      const auto planned = make_plan(Kind::sign, stages);
      REQUIRE(planned.has_value());
      const Plan& plan = planned->plan;
      CHECK(plan.costs.levels == minimum_levels(degree));
      CHECK(plan.costs.key_switches == key_switches);
      Rational size = 0;
      for (const Rational& c : stages[0].coefficients) size += abs(c);
      CHECK(plan.growth <= 64 * size_of_function(Kind::sign, stages));
      CHECK(coefficient_distance(planned->computed[0], stages[0]) <=
            size * plan.growth * power_of_two(-44));
    }
  }
}

TEST_CASE("sign of gap 0.02 to 1 % in nine levels takes ten key switches") {
  const auto plan = make_plan(Kind::sign, test::sign_stages({9, 25}, Rational(1, 50)))->plan;
  CHECK(plan.costs.levels == 9);
  CHECK(plan.costs.key_switches == 10);
}

TEST_CASE("x times a chain takes one key switch more") {
  for (const auto& [degree, key_switches] : {std::pair{17, 6}, {25, 7}, {37, 8}, {41, 8}}) {
    CAPTURE(degree);
    const auto stages = test::sign_stages({3, degree}, power_of_two(-6));
    const int first = make_plan(Kind::sign, {stages.front()})->plan.costs.key_switches;
    const auto plan = make_plan(Kind::relu, stages)->plan;
    CHECK(plan.costs.levels == 2 + minimum_levels(degree));
    CHECK(plan.costs.key_switches - first == key_switches);
  }
}

TEST_CASE("the shapes of a chain have a link for each degree, and more and more products") {
  const std::vector<int> chain = {4, 8, 9, 17};
  const auto shapes = chain_shapes(request_for(17, SeriesClass::odd), chain);
  REQUIRE(shapes.size() > 2);
  std::size_t before = 0;
  for (const Shape& shape : shapes) {
    std::size_t products = 0;
    std::vector<int> degrees;
    for (const ShapeLink& link : shape.links) {
      products += link.products.size();
      degrees.insert(degrees.begin(), link.degree);
      CHECK(link.is_multiplier == (link.degree % 2 == 0));
    }
    CHECK(degrees == chain);
    CHECK(products > before);
    before = products;
  }
}

TEST_CASE("chains that are too deep, or with a square that must not be, make no shapes") {
  const std::vector<int> chain = {4, 8, 9, 17};
  ShapeRequest shallow = request_for(17, SeriesClass::odd);
  --shallow.levels;
  CHECK(chain_shapes(shallow, chain).empty());
  ShapeRequest shallow_dense = request_for(17, SeriesClass::dense);
  --shallow_dense.levels;
  CHECK(chain_shapes(shallow_dense, chain).empty());
  // 10 = 5 + 5: x times the variable must not be squared.
  const std::vector<int> of_odd_squares = {4, 5, 10, 15, 20, 35};
  CHECK_FALSE(chain_shapes(request_for(35, SeriesClass::odd), of_odd_squares).empty());
  CHECK(chain_shapes(request_for(35, SeriesClass::odd_times_x), of_odd_squares).empty());
  CHECK(chain_shapes_of(request_for(17, SeriesClass::odd), 4).empty());
}
