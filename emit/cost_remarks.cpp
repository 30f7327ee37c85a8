// Running numbers of what is expensive.
#include "emit/cost_remarks.hpp"

#include <fmt/format.h>

#include "emit/plan/refresh.hpp"

namespace equiripple {
namespace {

constexpr ByExpense<const char*> remarks = {.tensor_product = "tensor product {products}",
                                            .key_switch = "KEY SWITCH {switches}",
                                            .rescaling = "rescaling: level {level}",
                                            .scalar_product = "scalar product",
                                            .addition = ""};

const char* remark_on(const Instruction& step) {
  if (is_refresh(step)) return "REFRESH, KEY SWITCH {switches}";
  if (step.operation == PlanOperation::stage) return "variable of the stage";
  if (step.operation == PlanOperation::normalise && step.half_width != 1) {
    return "scale read anew; where too large, a level";
  }
  const char* remark = remarks.at(facts_of(step.operation).expense);
  return remark == nullptr ? "" : remark;
}

// `so_far` counts this operation in.
std::string cost_text(const Instruction& step, const PlanCosts& so_far, const PlanCosts& all) {
  const auto number = [&](int PlanCosts::*count) {
    return fmt::format("{} of {}", so_far.*count, all.*count);
  };
  return fmt::format(
      fmt::runtime(remark_on(step)), fmt::arg("products", number(&PlanCosts::tensor_products)),
      fmt::arg("switches", number(&PlanCosts::key_switches)), fmt::arg("level", step.depth));
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
