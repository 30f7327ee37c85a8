// One stage planned by itself, its operations counted by the levels that are spent.
#include "emit/plan/stage_profile.hpp"

#include <algorithm>
#include <stdexcept>

#include "emit/plan/late.hpp"
#include "emit/plan/stage_choice.hpp"

namespace equiripple {
namespace {

StageTask task_of(const ChebyshevSeries& stage, StageForm form) {
  StageTask task{.coefficients = stage.coefficients, .absorb = false, .is_of_sign = true};
  if (form == StageForm::series) return task;
  for (Rational& c : task.coefficients) c /= 2;  // relu(x) = x / 2 + x sign(x) / 2
  task.times_x = true;
  task.x_multiple = Rational(1, 2);
  task.x_is_above = form == StageForm::times_x;
  task.absorb = form != StageForm::alone_exactly;
  return task;
}

// With a level above the variable, which the counts leave out.
std::vector<Instruction> program_of(const StageTask& task, const StageChoice& choice) {
  ProgramBuilder builder;
  const int x = builder.input("x");
  const int above = task.times_x && task.x_is_above ? builder.rescaled_product(x, x, "above") : x;
  const int variable = builder.stage(above, "t1");
  static_cast<void>(write_stage(builder, task, choice,
                                {.variable = variable, .x = x, .x_summand = x, .name = "p"}));
  return computed_late(builder.take());
}

// Adds the counts of the program to `made`.
StageProfile counted(StageProfile made, const StageTask& task, const StageChoice& choice) {
  made.levels = choice.costs.levels;
  const std::vector<Instruction> program = program_of(task, choice);
  bool begun = false;
  int first_depth = 0;
  for (const Instruction& step : program) {
    if (step.operation == PlanOperation::stage) {
      begun = true;
      first_depth = step.depth;
    }
    if (!begun) continue;
    const bool rescales = step.operation == PlanOperation::rescale;
    const int depth = std::max(step.depth - first_depth - (rescales ? 1 : 0), 0);
    count(step.operation, made.spent.at(static_cast<std::size_t>(depth)));
  }
  return made;
}

constexpr ByExpense<unsigned short LevelCounts::*> counters = {
    .tensor_product = &LevelCounts::tensor_products,
    .key_switch = &LevelCounts::key_switches,
    .rescaling = &LevelCounts::rescalings,
    .scalar_product = &LevelCounts::scalar_products,
    .addition = &LevelCounts::additions};

}  // namespace

void count(PlanOperation operation, LevelCounts& at) {
  if (const auto counter = counters.at(facts_of(operation).expense)) ++(at.*counter);
}

int StageProfile::key_switches() const {
  int sum = 0;
  for (const LevelCounts& at : spent) sum += at.key_switches;
  return sum;
}

double latency_of(const StageProfile& profile, const CostTable& costs, int levels_left) {
  double sum = 0;
  for (int spent = 0; spent <= profile.levels; ++spent) {  // nothing is done further down
    const LevelCounts& at = profile.spent[static_cast<std::size_t>(spent)];
    const int left = levels_left + costs.levels_after + profile.levels - spent;
    sum += at.tensor_products * cost_at(costs.tensor_product, left) +
           at.key_switches * cost_at(costs.key_switch, left) +
           at.rescalings * cost_at(costs.rescaling, left) +
           at.scalar_products * cost_at(costs.scalar_product, left) +
           at.additions * cost_at(costs.addition, left);
  }
  return sum;
}

std::vector<StageProfile> profiles_of(const ChebyshevSeries& stage, StageForm form,
                                      StageWidth width) {
  constexpr int most_spare = 2;  // as many as make_plan tries
  const Rational growth_limit = 64;
  const StageTask task = task_of(stage, form);
  std::vector<StageProfile> profiles;
  for (int spare = 0; spare <= most_spare; ++spare) {
    const auto choice = choose_stage(task, minimum_levels(task) + spare, growth_limit);
    if (!choice || !choice->within_limits) continue;
    if (!profiles.empty() && choice->costs.key_switches >= profiles.back().key_switches()) continue;
    profiles.push_back(
        counted({.degree = stage.degree(), .form = form, .width = width}, task, *choice));
  }
  return profiles;
}

bool cost_the_same(const std::vector<StageProfile>& a, const std::vector<StageProfile>& b) {
  return std::ranges::equal(a, b, [](const StageProfile& one, const StageProfile& other) {
    return one.levels == other.levels && one.key_switches() == other.key_switches();
  });
}

}  // namespace equiripple
