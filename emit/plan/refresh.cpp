// The levels are those of the runtime's own rule.
#include "emit/plan/refresh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <equiripple/levels.hpp>

#include "emit/plan/operations.hpp"

namespace equiripple {
namespace {

constexpr const char* name_of_refresh = "refresh";

// After the argument, which is an input or the difference of two; whoever read it reads this.
std::vector<Instruction> with_input_refreshed(const std::vector<Instruction>& program) {
  const Instruction& first =
      *std::ranges::find(program, PlanOperation::normalise, &Instruction::operation);
  const int argument = first.left;
  std::vector<Instruction> made(program.begin(), program.begin() + argument + 1);
  made.push_back({.operation = PlanOperation::refresh_input,
                  .name = "refreshed_input",
                  .left = argument,
                  .centre = first.centre,
                  .half_width = first.half_width});
  const auto moved = [&](int value) { return value < argument ? value : value + 1; };
  for (auto i = static_cast<std::size_t>(argument) + 1; i < program.size(); ++i) {
    made.push_back(program[i]);
    made.back().left = moved(made.back().left);
    made.back().right = moved(made.back().right);
  }
  return made;
}

std::vector<detail::Record> levelled(const std::vector<Instruction>& program,
                                     const RefreshRequest& refresh) {
  detail::LevelRequest request;
  request.input_level = refresh.start;
  request.refreshed_level = refresh.levels;
  request.lowest_refreshable = refresh.lowest;
  return detail::Leveller::run(operations_of(program), request);
}

}  // namespace

const char* operation_name(const Instruction& step) {
  return step.operation == PlanOperation::stage && is_refresh(step) ? name_of_refresh
                                                                    : facts_of(step.operation).name;
}

bool set_operation(Instruction& step, const std::string& name) {
  if (name == name_of_refresh) {
    step.operation = PlanOperation::stage;
    step.integer = 1;
    return true;
  }
  const auto operation = plan_operation(name);
  if (operation) step.operation = *operation;
  return operation.has_value();
}

PlanCosts counted(const std::vector<Instruction>& program) {
  PlanCosts costs = count(program);
  costs.key_switches += static_cast<int>(refreshed_stages(program).size());
  return costs;
}

std::vector<int> refreshed_stages(const std::vector<Instruction>& program) {
  std::vector<int> numbers;
  int stage = 1;
  for (const Instruction& step : program) {
    if (step.operation == PlanOperation::stage) ++stage;
    if (is_refresh(step)) numbers.push_back(stage);
  }
  return numbers;
}

Plan with_refreshes(Plan plan, const std::vector<bool>& before) {
  if (!before.empty() && before.front()) plan.program = with_input_refreshed(plan.program);
  std::size_t stage = 0;
  for (Instruction& step : plan.program) {
    step.carried = 0;  // chosen together with scales that a refresh does not keep
    if (step.operation != PlanOperation::stage) continue;
    if (++stage >= before.size() || !before[stage]) continue;
    step.integer = 1;
    step.scalar = 0;  // the scale is that of what a refresh leaves
  }
  plan.costs = counted(plan.program);
  return plan;
}

std::string defect_of_refreshed_input(const std::vector<Instruction>& program) {
  const auto is_input_refresh = [](const Instruction& step) {
    return step.operation == PlanOperation::refresh_input;
  };
  const auto refresh = std::ranges::find_if(program, is_input_refresh);
  if (refresh == program.end()) return {};
  if (std::ranges::count_if(program, is_input_refresh) > 1) return "it is refreshed twice";
  const auto place = static_cast<int>(refresh - program.begin());
  const auto normalise =
      std::ranges::find(program, PlanOperation::normalise, &Instruction::operation);
  if (normalise == program.end() || normalise->left != place) {
    return "what is normalised is not what is refreshed";
  }
  if (refresh->centre != normalise->centre || refresh->half_width != normalise->half_width) {
    return "it is refreshed with another range than that of the first stage";
  }
  // Of two inputs the sum is no part of what is refreshed.
  const bool is_read_besides =
      std::any_of(refresh + 1, program.end(), [&](const Instruction& step) {
        const auto is_before = [&](int value) { return 0 <= value && value < place; };
        if (!is_before(step.left) && !is_before(step.right)) return false;
        return step.operation != PlanOperation::add || step.left == step.right ||
               std::max(step.left, step.right) > 1;
      });
  return is_read_besides ? "it is read without what a refresh adds" : std::string();
}

double refreshed_latency(const std::vector<Instruction>& program, const CostTable& costs,
                         const RefreshRequest& refresh) {
  double sum = 0;
  int level = refresh.start;  // where a stage begins
  int depth = 0;              // there
  for (const Instruction& step : program) {
    if (is_refresh(step)) {
      level = refresh.levels;
      depth = step.depth;
      sum += refresh.cost + cost_at(costs.key_switch, level);
      continue;
    }
    CostTable at = costs;
    at.levels_after = level - (step.depth - depth);  // when the step is done
    sum += latency_of({step}, at);
  }
  return sum;
}

std::string defect_of_levels(const std::vector<Instruction>& program,
                             const RefreshRequest& refresh) {
  if (detail::lowest_level(levelled(program, refresh)) >= 0) return {};
  RefreshRequest more = refresh;
  constexpr int enough = 1000;  // chosen: as many levels has no chain
  more.start = enough;
  if (detail::lowest_level(levelled(program, more)) < 0) {
    return fmt::format("its stages after a refresh take more than the {} levels that it leaves",
                       refresh.levels);
  }
  more.start = refresh.start;
  while (detail::lowest_level(levelled(program, more)) < 0) ++more.start;
  return fmt::format("the input needs {} levels, and start={}", more.start, refresh.start);
}

int levels_left(const std::vector<Instruction>& program, const RefreshRequest& refresh) {
  return levelled(program, refresh).back().level;
}

}  // namespace equiripple
