// One operation after the other.
#include "tools/picture/values.hpp"

#include <vector>

namespace equiripple {

PlotReal value_of_program(const Plan& plan, const PlotReal& x) {
  std::vector<PlotReal> values;
  const PlotReal other = plan.is_of_second() ? 1 : 0;
  int inputs = plan.is_of_second() ? 1 : 0;
  const auto compute = [&](const Instruction& step) -> PlotReal {
    const auto operand = [&](int index) { return values[static_cast<std::size_t>(index)]; };
    switch (step.operation) {
      case PlanOperation::input: return inputs++ % 2 == 0 ? x : other;
      case PlanOperation::normalise:
        return (operand(step.left) - from_rational<PlotReal>(step.centre)) /
               from_rational<PlotReal>(step.half_width);
      case PlanOperation::multiply: return operand(step.left) * operand(step.right);
      case PlanOperation::square: return operand(step.left) * operand(step.left);
      case PlanOperation::multiply_scalar:
        return operand(step.left) * from_rational<PlotReal>(step.scalar);
      case PlanOperation::add_scalar:
        return operand(step.left) + from_rational<PlotReal>(step.scalar);
      case PlanOperation::multiply_integer: return operand(step.left) * step.integer;
      case PlanOperation::add: return operand(step.left) + operand(step.right);
      case PlanOperation::subtract: return operand(step.left) - operand(step.right);
      case PlanOperation::stage:
      case PlanOperation::relinearize:
      case PlanOperation::rescale:
      case PlanOperation::drop: break;
    }
    return operand(step.left);
  };
  for (const Instruction& step : plan.program) values.push_back(compute(step));
  return values.back() / from_rational<PlotReal>(plan.output_scale_factor);
}

}  // namespace equiripple
