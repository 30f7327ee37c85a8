#include "emit/instruction_text.hpp"

#include "emit/hexfloat.hpp"

namespace equiripple {

std::optional<int> whole_count(const Rational& q) {
  constexpr int largest = 1 << 20;  // chosen: as deepest_program
  if (abs(q) > largest || floor_of(q) != q) return std::nullopt;
  return static_cast<int>(to_double(q));
}

std::vector<std::string> arguments_of(const Instruction& step) {
  switch (facts_of(step.operation).argument) {
    case PlanArgument::none: break;
    case PlanArgument::scalar: return {hexfloat(step.scalar)};
    case PlanArgument::optional_scalar:
      if (step.scalar != 0) return {hexfloat(step.scalar)};
      break;
    case PlanArgument::multiple:
      if (step.carried == 0) return {std::to_string(step.integer)};
      return {std::to_string(step.integer), std::to_string(step.carried)};
    case PlanArgument::depth: return {std::to_string(step.depth)};
    case PlanArgument::interval: return {hexfloat(step.centre), hexfloat(step.half_width)};
  }
  return {};
}

ArgumentCount argument_count(PlanOperation operation) {
  switch (facts_of(operation).argument) {
    case PlanArgument::none: break;
    case PlanArgument::scalar:
    case PlanArgument::depth: return {1, 1};
    case PlanArgument::multiple: return {1, 2};
    case PlanArgument::optional_scalar: return {0, 1};
    case PlanArgument::interval: return {2, 2};
  }
  return {};
}

bool set_arguments(Instruction& step, const std::vector<Rational>& numbers) {
  if (numbers.empty()) return true;
  const auto set = [](int& to, const Rational& number) {
    const auto count = whole_count(number);
    to = count.value_or(0);
    return count.has_value();
  };
  switch (facts_of(step.operation).argument) {
    case PlanArgument::none: break;
    case PlanArgument::scalar:
    case PlanArgument::optional_scalar: step.scalar = numbers[0]; break;
    case PlanArgument::multiple:
      return set(step.integer, numbers[0]) &&
             (numbers.size() < 2 || (set(step.carried, numbers[1]) && step.carried != 0));
    case PlanArgument::depth: return set(step.depth, numbers[0]);
    case PlanArgument::interval:
      step.centre = numbers[0];
      step.half_width = numbers[1];
      break;
  }
  return true;
}

}  // namespace equiripple
