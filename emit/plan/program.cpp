// Facts and counts.
#include "emit/plan/program.hpp"

#include <algorithm>
#include <array>

namespace equiripple {
namespace {

using enum PlanArgument;

constexpr std::array<OperationFacts, 14> facts = {{
    {PlanOperation::input, "input", 0},
    {PlanOperation::normalise, "normalise", 1, interval},
    {PlanOperation::refresh_input, "refresh_input", 1, interval},
    {PlanOperation::stage, "stage", 1, optional_scalar},
    {PlanOperation::multiply, "multiply", 2, none, Expense::tensor_product},
    {PlanOperation::square, "square", 1, none, Expense::tensor_product},
    {PlanOperation::relinearize, "relinearize", 1, none, Expense::key_switch},
    {PlanOperation::rescale, "rescale", 1, none, Expense::rescaling},
    {PlanOperation::multiply_scalar, "multiply_scalar", 1, scalar, Expense::scalar_product},
    {PlanOperation::add_scalar, "add_scalar", 1, scalar, Expense::addition},
    {PlanOperation::multiply_integer, "multiply_integer", 1, multiple},
    {PlanOperation::add, "add", 2, none, Expense::addition},
    {PlanOperation::subtract, "sub", 2, none, Expense::addition},
    {PlanOperation::drop, "drop", 1, depth},
}};

constexpr ByExpense<int PlanCosts::*> counters = {.tensor_product = &PlanCosts::tensor_products,
                                                  .key_switch = &PlanCosts::key_switches,
                                                  .rescaling = &PlanCosts::rescalings,
                                                  .scalar_product = &PlanCosts::scalar_products};

}  // namespace

const OperationFacts& facts_of(PlanOperation operation) {
  return *std::ranges::find(facts, operation, &OperationFacts::operation);
}

std::optional<PlanOperation> plan_operation(const std::string& name) {
  const auto* found = std::ranges::find(facts, name, &OperationFacts::name);
  return found == facts.end() ? std::nullopt : std::optional(found->operation);
}

bool Plan::is_of_second() const {
  const auto first = std::ranges::find(program, PlanOperation::normalise, &Instruction::operation);
  return first != program.end() && inputs() == 2 && first->left == 1;
}

int Plan::inputs() const {
  return static_cast<int>(
      std::ranges::count(program, PlanOperation::input, &Instruction::operation));
}

PlanCosts count(const std::vector<Instruction>& program) {
  PlanCosts costs;
  for (const Instruction& instruction : program) {
    costs.levels = std::max(costs.levels, instruction.depth);
    if (const auto counter = counters.at(facts_of(instruction.operation).expense)) {
      ++(costs.*counter);
    }
  }
  return costs;
}

}  // namespace equiripple
