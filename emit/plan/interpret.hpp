// A program in the numbers of an algebra: polynomials, reals, recorded calls. Who gives an
// operation a meaning writes it here as a function, and leaves the order of things to this.
#pragma once

#include <stdexcept>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// The value of each line, in order. An algebra has a type Value and, each given the line itself,
///   input(step), normalise(step, x), stage(step, x), product(step, x, y) of multiply and square,
///   multiple(step, x, factor) of a scalar or an integer, shifted(step, x), sum(step, x, y, sign),
///   same(step, x) of what changes the form of a ciphertext and not its value.
/// Operands are lines before: readers of files have looked at that.
template <class Algebra>
[[nodiscard]] std::vector<typename Algebra::Value> interpreted(
    const std::vector<Instruction>& program, Algebra& algebra) {
  std::vector<typename Algebra::Value> values;
  values.reserve(program.size());
  const auto value_of = [&](const Instruction& step) -> typename Algebra::Value {
    const auto of = [&](int index) -> const typename Algebra::Value& {
      return values[static_cast<std::size_t>(index)];
    };
    switch (step.operation) {
      case PlanOperation::input: return algebra.input(step);
      case PlanOperation::normalise: return algebra.normalise(step, of(step.left));
      case PlanOperation::stage: return algebra.stage(step, of(step.left));
      case PlanOperation::multiply: return algebra.product(step, of(step.left), of(step.right));
      case PlanOperation::square: return algebra.product(step, of(step.left), of(step.left));
      case PlanOperation::multiply_scalar:
        return algebra.multiple(step, of(step.left), step.scalar);
      case PlanOperation::multiply_integer:
        return algebra.multiple(step, of(step.left), Rational(step.integer));
      case PlanOperation::add_scalar: return algebra.shifted(step, of(step.left));
      case PlanOperation::add: return algebra.sum(step, of(step.left), of(step.right), 1);
      case PlanOperation::subtract: return algebra.sum(step, of(step.left), of(step.right), -1);
      case PlanOperation::refresh_input:
      case PlanOperation::relinearize:
      case PlanOperation::rescale:
      case PlanOperation::drop: return algebra.same(step, of(step.left));
    }
    throw std::logic_error("an operation that plans do not have");
  };
  for (const Instruction& step : program) values.push_back(value_of(step));
  return values;
}

}  // namespace equiripple
