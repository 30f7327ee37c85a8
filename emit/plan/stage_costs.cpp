// Operations are counted between the marks, levels from the depth of one variable to the next's.
#include "emit/plan/stage_costs.hpp"

#include <utility>

#include "emit/plan/refresh.hpp"

namespace equiripple {

std::vector<int> stages_of(const std::vector<Instruction>& program) {
  std::vector<int> stages;
  int current = -1;
  for (const Instruction& instruction : program) {
    if (instruction.operation == PlanOperation::normalise ||
        instruction.operation == PlanOperation::stage) {
      ++current;
    }
    stages.push_back(current);
  }
  return stages;
}

std::vector<PlanCosts> costs_by_stage(const std::vector<Instruction>& program) {
  std::vector<std::vector<Instruction>> parts;
  const std::vector<int> stages = stages_of(program);
  for (std::size_t i = 0; i < program.size(); ++i) {
    if (stages[i] < 0) continue;
    if (stages[i] == static_cast<int>(parts.size())) parts.emplace_back();
    parts.back().push_back(program[i]);
  }
  std::vector<PlanCosts> costs;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    PlanCosts own = counted(parts[i]);
    const int end = i + 1 < parts.size() ? parts[i + 1].front().depth : count(program).levels;
    own.levels = end - parts[i].front().depth;
    costs.push_back(own);
  }
  return costs;
}

}  // namespace equiripple
