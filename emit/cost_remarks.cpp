// Running numbers of what is expensive.
#include "emit/cost_remarks.hpp"

#include <fmt/format.h>

#include "emit/plan/refresh.hpp"

namespace equiripple {
namespace {

// `so_far` counts this operation in.
std::string cost_text(const Instruction& step, const PlanCosts& so_far, const PlanCosts& all) {
  switch (step.operation) {
    case PlanOperation::multiply:
    case PlanOperation::square:
      return fmt::format("tensor product {} of {}", so_far.tensor_products, all.tensor_products);
    case PlanOperation::relinearize:
      return fmt::format("KEY SWITCH {} of {}", so_far.key_switches, all.key_switches);
    case PlanOperation::rescale: return fmt::format("rescaling: level {}", step.depth);
    case PlanOperation::multiply_scalar: return "scalar product";
    case PlanOperation::normalise:
      return step.half_width == 1 ? "" : "scale read anew; where too large, a level";
    case PlanOperation::stage:
      if (!is_refresh(step)) return "variable of the stage";
      [[fallthrough]];
    case PlanOperation::refresh_input:
      return fmt::format("REFRESH, KEY SWITCH {} of {}", so_far.key_switches, all.key_switches);
    default: return {};
  }
}

void add_costs(PlanCosts& total, const Instruction& step) {
  const PlanCosts one = counted({step});
  total.tensor_products += one.tensor_products;
  total.key_switches += one.key_switches;
}

}  // namespace

std::vector<std::string> cost_remarks(const std::vector<Instruction>& program) {
  const PlanCosts all = counted(program);
  PlanCosts so_far;
  std::vector<std::string> remarks;
  for (const Instruction& step : program) {
    add_costs(so_far, step);
    remarks.push_back(cost_text(step, so_far, all));
  }
  return remarks;
}

}  // namespace equiripple
