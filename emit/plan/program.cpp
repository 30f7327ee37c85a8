// Names and counts.
#include "emit/plan/program.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace equiripple {
namespace {

constexpr std::array<std::pair<PlanOperation, const char*>, 13> names = {{
    {PlanOperation::input, "input"},
    {PlanOperation::normalise, "normalise"},
    {PlanOperation::stage, "stage"},
    {PlanOperation::multiply, "multiply"},
    {PlanOperation::square, "square"},
    {PlanOperation::relinearize, "relinearize"},
    {PlanOperation::rescale, "rescale"},
    {PlanOperation::multiply_scalar, "multiply_scalar"},
    {PlanOperation::add_scalar, "add_scalar"},
    {PlanOperation::multiply_integer, "multiply_integer"},
    {PlanOperation::add, "add"},
    {PlanOperation::subtract, "sub"},
    {PlanOperation::drop, "drop"},
}};

}  // namespace

const char* name_of(PlanOperation operation) {
  const auto* found = std::ranges::find(names, operation, &decltype(names)::value_type::first);
  return found->second;
}

std::optional<PlanOperation> plan_operation(const std::string& name) {
  for (const auto& [operation, known] : names) {
    if (name == known) return operation;
  }
  return std::nullopt;
}

int Plan::inputs() const {
  return static_cast<int>(
      std::ranges::count(program, PlanOperation::input, &Instruction::operation));
}

PlanCosts count(const std::vector<Instruction>& program) {
  PlanCosts costs;
  for (const Instruction& instruction : program) {
    costs.levels = std::max(costs.levels, instruction.depth);
    switch (instruction.operation) {
      case PlanOperation::multiply:
      case PlanOperation::square: ++costs.tensor_products; break;
      case PlanOperation::relinearize: ++costs.key_switches; break;
      case PlanOperation::multiply_scalar: ++costs.scalar_products; break;
      case PlanOperation::rescale: ++costs.rescalings; break;
      default: break;
    }
  }
  return costs;
}

}  // namespace equiripple
