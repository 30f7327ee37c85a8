// Values are computed where the fewest primes are left, and nothing else changes.
#include "emit/plan/late.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "emit/plan/builder.hpp"
#include "emit/plan/ciphertext_rules.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/latency.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/stage_choice.hpp"
#include "tests/support/artifacts.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

using Program = std::vector<Instruction>;

StageTask sign_task(int degree) {
  return {.coefficients = test::sign_stages({degree}, power_of_two(-4)).front().coefficients};
}

StageTask dense_task(int degree) {
  StageTask task;
  for (int k = 0; k <= degree; ++k)
    task.coefficients.emplace_back(Rational(to_double(Rational(1, k + 1))));
  return task;
}

Program as_written(const StageTask& task) {
  constexpr int growth_limit = 64;
  const auto choice = choose_stage(task, minimum_levels(task), growth_limit);
  REQUIRE(choice.has_value());
  return trial_of(task, *choice).program;
}

double transforms_of(const Program& program) {
  return latency_of(program, CostTable::transforms());
}

int depth_of(const Program& program, const std::string& name) {
  const auto step = std::ranges::find(program, name, &Instruction::name);
  REQUIRE(step != program.end());
  return step->depth;
}

// Whether all that read the rescaled value read a copy further down.
bool is_early(const Program& program, int value) {
  bool is_read = false;
  for (const Instruction& step : program) {
    if (step.left != value && step.right != value) continue;
    if (step.operation != PlanOperation::drop) return false;
    is_read = true;
  }
  return is_read;
}

}  // namespace

TEST_CASE("a program that computes late computes the same at the same counts for less") {
  const std::vector<StageTask> tasks = {sign_task(15),  sign_task(27),  sign_task(63),
                                        dense_task(15), dense_task(31), dense_task(63),
                                        dense_task(127)};
  int cheaper = 0;
  for (const StageTask& task : tasks) {
    CAPTURE(task.coefficients.size());
    const Program before = as_written(task);
    const Program after = computed_late(before);
    CHECK(breach_of_ciphertext_rules(after) == "");
    CHECK(count(after) == count(before));
    CHECK(after.back().depth == before.back().depth);
    CHECK(after.back().name == before.back().name);
    CHECK(expand(after).values.back() == expand(before).values.back());
    CHECK(transforms_of(after) <= transforms_of(before));
    cheaper += transforms_of(after) < transforms_of(before) ? 1 : 0;
    std::set<std::string> names;
    for (const Instruction& step : after) {
      CHECK(names.insert(step.name).second);
      if (step.operation != PlanOperation::drop) CHECK(step.depth >= depth_of(before, step.name));
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (after[i].operation != PlanOperation::rescale) continue;
      CAPTURE(after[i].name);
      CHECK_FALSE(is_early(after, static_cast<int>(i)));
    }
  }
  CHECK(cheaper >= 5);
}

TEST_CASE("what is late already stays as it is") {
  const Program late = computed_late(as_written(dense_task(31)));
  const Program again = computed_late(late);
  REQUIRE(again.size() == late.size());
  for (std::size_t i = 0; i < late.size(); ++i) {
    CHECK(again[i].name == late[i].name);
    CHECK(again[i].depth == late[i].depth);
    CHECK(again[i].left == late[i].left);
    CHECK(again[i].right == late[i].right);
  }
}

// Where the second stage is refreshed, levels before it are others than after it.
TEST_CASE("nothing is computed later than the next stage begins") {
  ProgramBuilder builder;
  const int x = builder.input("x");
  const int t1 = builder.normalise(x, {-1, 1}, "t1");
  const int early =
      builder.sum({.products = {}, .scaled = {{Rational(1, 4), x}}, .constant = 0}, "early");
  int value = builder.rescaled_product(t1, t1, "first");
  value = builder.rescaled_product(value, value, "second");
  const int variable = builder.stage(value, "s2_t1");
  const int late =
      builder.sum({.products = {}, .scaled = {{Rational(1, 3), x}}, .constant = 0}, "late");
  value = builder.rescaled_product(variable, variable, "third");
  value = builder.rescaled_product(value, value, "fourth");
  value = builder.add(builder.add(value, early, "sum"), late, "result");
  const Program program = computed_late(builder.take());
  CHECK(breach_of_ciphertext_rules(program) == "");
  CHECK(depth_of(program, "s2_t1") == 2);
  CHECK(depth_of(program, "early") == 2);
  CHECK(depth_of(program, "late") == 4);
  CHECK(depth_of(program, "result") == 4);
}

TEST_CASE("sums of the inputs stay where the inputs are") {
  const auto plan = make_plan(Kind::max, test::sign_stages({7, 7}, power_of_two(-4)))->plan;
  CHECK(depth_of(plan.program, "difference") == 0);
  CHECK(depth_of(plan.program, "both") == 0);
}

// x is multiplied by the last stage's leading coefficient where that is needed, a level before the
// stage's variable is there.
TEST_CASE("x carries a leading coefficient no earlier than its stage begins") {
  const Artifact artifact = test::sign_artifact(Kind::relu, {15, 15, 27}, "", "1");
  const Program& program = artifact.plan->program;
  CHECK(depth_of(program, "s3_leading_x") >= depth_of(program, "s3_t1"));
}
