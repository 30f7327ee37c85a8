// The calls that the emitted header makes, and where they are looked at.
#include "emit/plan/operations.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "emit/plan/refresh.hpp"

namespace equiripple {

std::vector<detail::Operation> operations_of(const std::vector<Instruction>& program) {
  detail::Recorder he;
  std::vector<detail::Recorder::Value> values;
  const auto call = [&](const Instruction& step) {
    const auto operand = [&](int index) { return values[static_cast<std::size_t>(index)]; };
    const double scalar = to_double(step.scalar);
    switch (step.operation) {
      case PlanOperation::input: return he.input();
      case PlanOperation::normalise:
        return he.normalise(operand(step.left), to_double(step.centre), to_double(step.half_width));
      case PlanOperation::refresh_input:
        return he.refresh_input(operand(step.left), 0, to_double(step.half_width));
      case PlanOperation::stage:
        return is_refresh(step) ? he.refresh(operand(step.left))
                                : he.stage(operand(step.left), scalar);
      case PlanOperation::multiply: return he.multiply(operand(step.left), operand(step.right));
      case PlanOperation::square: return he.square(operand(step.left));
      case PlanOperation::relinearize: return he.relinearize(operand(step.left));
      case PlanOperation::rescale: return he.rescale(operand(step.left));
      case PlanOperation::multiply_scalar: return he.multiply_scalar(operand(step.left), scalar);
      case PlanOperation::add_scalar: return he.add_scalar(operand(step.left), scalar);
      case PlanOperation::multiply_integer:
        return he.multiply_integer(operand(step.left), step.integer);
      case PlanOperation::add: return he.add(operand(step.left), operand(step.right));
      case PlanOperation::subtract: return he.sub(operand(step.left), operand(step.right));
      case PlanOperation::drop: return he.drop(operand(step.left), step.depth);
    }
    throw std::logic_error("an operation that plans do not have");
  };
  for (const Instruction& step : program) values.push_back(call(step));
  return he.take();
}

Domain noise_domain(Kind kind, const Domain& domain) {
  return covers_gap(kind) ? Domain{hull(domain)} : domain;
}

std::vector<double> points_of_noise(const Domain& intervals, std::size_t count) {
  std::vector<double> points;
  for (std::size_t i = 0; i < count; ++i) {
    const Interval& interval = intervals[i % intervals.size()];
    const double lower = to_double(interval.lower);
    const double upper = to_double(interval.upper);
    const double u = 2 * static_cast<double>(i) / static_cast<double>(count - 1) - 1;
    const double size = std::abs(u);
    const double v = i / intervals.size() % 2 == 0 ? size * size * size
                                                   : 1 - (1 - size) * (1 - size) * (1 - size);
    points.push_back(
        std::clamp((lower + upper + (upper - lower) * std::copysign(v, u)) / 2, lower, upper));
  }
  return points;
}

}  // namespace equiripple
