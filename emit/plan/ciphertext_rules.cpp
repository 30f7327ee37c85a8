// Components and rescalings that are due, followed through the program.
#include "emit/plan/ciphertext_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace equiripple {
namespace {

struct State {
  int components = 2;
  int due = 0;  // rescalings

  bool is_plain() const { return components == 2 && due == 0; }
};

// What is wrong with the operands of a step; nothing where they suit it.
const char* objection(const Instruction& step, const State& left, const State* right) {
  switch (step.operation) {
    case PlanOperation::input: return nullptr;
    case PlanOperation::multiply:
    case PlanOperation::square:
      return left.is_plain() && (right == nullptr || right->is_plain())
                 ? nullptr
                 : "multiplies what is not relinearised and rescaled";
    case PlanOperation::multiply_scalar:
    case PlanOperation::normalise:
    case PlanOperation::refresh_input:
    case PlanOperation::stage:
    case PlanOperation::drop:
      return left.is_plain() ? nullptr : "takes what is not relinearised and rescaled";
    case PlanOperation::relinearize:
      return left.components == 3 ? nullptr : "has nothing to relinearise";
    case PlanOperation::rescale:
      return left.components == 2 && left.due == 1 ? nullptr : "has nothing to rescale";
    case PlanOperation::add:
    case PlanOperation::subtract:
      return right != nullptr && left.due == right->due ? nullptr : "adds values of other scales";
    case PlanOperation::add_scalar:
    case PlanOperation::multiply_integer: return nullptr;
  }
  return nullptr;
}

State after(const Instruction& step, const State& left, const State* right) {
  State state = left;
  switch (step.operation) {
    case PlanOperation::multiply:
    case PlanOperation::square: return {.components = 3, .due = 1};
    case PlanOperation::multiply_scalar: state.due = 1; break;
    case PlanOperation::relinearize: state.components = 2; break;
    case PlanOperation::rescale: state.due = 0; break;
    case PlanOperation::add:
    case PlanOperation::subtract:
      state.components = std::max(left.components, right->components);
      break;
    default: break;
  }
  return state;
}

}  // namespace

std::string breach_of_ciphertext_rules(const std::vector<Instruction>& program) {
  std::vector<State> states;
  for (const Instruction& step : program) {
    const auto at = [](int index) { return static_cast<std::size_t>(index); };
    if (step.left < 0) {
      states.push_back({});
      continue;
    }
    const State left = states[at(step.left)];
    const State* right = step.right < 0 ? nullptr : &states[at(step.right)];
    if (right != nullptr && program[at(step.left)].depth != program[at(step.right)].depth) {
      return fmt::format("{} takes operands of different depths", step.name);
    }
    if (const char* why = objection(step, left, right); why != nullptr) {
      return fmt::format("{} {}", step.name, why);
    }
    states.push_back(after(step, left, right));
  }
  if (!states.empty() && !states.back().is_plain()) {
    return fmt::format("{}, the result, is not relinearised and rescaled", program.back().name);
  }
  return {};
}

}  // namespace equiripple
