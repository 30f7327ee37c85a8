// The levels are those of the runtime's own rule.
#include "emit/plan/refresh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <equiripple/levels.hpp>

#include "emit/plan/operations.hpp"

namespace equiripple {
namespace {

constexpr const char* name_of_refresh = "refresh";

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
  return is_refresh(step) ? name_of_refresh : facts_of(step.operation).name;
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
    if (step.operation != PlanOperation::stage) continue;
    ++stage;
    if (is_refresh(step)) numbers.push_back(stage);
  }
  return numbers;
}

Plan with_refreshes(Plan plan, const std::vector<bool>& before) {
  std::size_t stage = 0;
  for (Instruction& step : plan.program) {
    if (step.operation != PlanOperation::stage) continue;
    if (++stage >= before.size() || !before[stage]) continue;
    step.integer = 1;
    step.scalar = 0;  // the scale is that of what a refresh leaves
  }
  plan.costs = counted(plan.program);
  return plan;
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
