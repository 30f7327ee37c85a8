// A program as the Plan type that the runtime runs, interpreted, so that no header is compiled:
// each instruction calls what the emitted line calls.
#pragma once

#include <limits>
#include <stdexcept>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple::test {

/// One program at a time; set() before the runtime is called.
template <int Inputs>
struct InterpretedPlan {
  static constexpr const char* name = "interpreted";
  static constexpr int inputs = Inputs;
  static inline int levels = 0;
  static inline double lower = -1;
  static inline double upper = 1;
  static inline double half_width = 1;
  static inline double output_scale_factor = 1;
  static inline int stages = 0;
  static inline bool range_of_second = false;
  static inline std::vector<Instruction> program;

  static void set(const Artifact& artifact) {
    if (artifact.plan->inputs() != Inputs) throw std::logic_error("another number of inputs");
    const Interval range = hull(artifact.stages.front().domain);
    const Interval& basis = artifact.stages.front().polynomial.basis;
    levels = artifact.plan->costs.levels;
    lower = to_double(range.lower);
    upper = to_double(range.upper);
    half_width = to_double((basis.upper - basis.lower) / 2);
    output_scale_factor = to_double(artifact.plan->output_scale_factor);
    stages = is_corrected(artifact.kind) ? 1 : std::numeric_limits<int>::max();
    range_of_second = artifact.plan->is_of_second();
    program = artifact.plan->program;
  }

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    return walk(he, std::vector<Value>{x});
  }
  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& a, const Value& b) {
    return walk(he, std::vector<Value>{a, b});
  }

 private:
  template <class Evaluator, class Value>
  static Value walk(Evaluator& he, std::vector<Value> values) {
    for (const Instruction& step : program) {
      if (step.operation == PlanOperation::input) continue;  // the first values
      const Value& x = values.at(static_cast<std::size_t>(step.left));
      const Value& y = values.at(static_cast<std::size_t>(step.right < 0 ? step.left : step.right));
      values.push_back(call(he, step, x, y));
    }
    return values.back();
  }

  template <class Evaluator, class Value>
  static Value call(Evaluator& he, const Instruction& step, const Value& x, const Value& y) {
    const double scalar = to_double(step.scalar);
    switch (step.operation) {
      case PlanOperation::refresh_input:
        return he.refresh_input(x, to_double(step.centre), to_double(step.half_width));
      case PlanOperation::normalise:
        return he.normalise(x, to_double(step.centre), to_double(step.half_width));
      case PlanOperation::stage: return he.stage(x, scalar);
      case PlanOperation::multiply: return he.multiply(x, y);
      case PlanOperation::square: return he.square(x);
      case PlanOperation::relinearize: return he.relinearize(x);
      case PlanOperation::rescale: return he.rescale(x);
      case PlanOperation::multiply_scalar: return he.multiply_scalar(x, scalar);
      case PlanOperation::add_scalar: return he.add_scalar(x, scalar);
      case PlanOperation::multiply_integer:
        return he.multiply_integer(x, step.integer, step.carried);
      case PlanOperation::add: return he.add(x, y);
      case PlanOperation::subtract: return he.sub(x, y);
      case PlanOperation::drop: return he.drop(x, step.depth);
      case PlanOperation::input: break;
    }
    throw std::logic_error("an input that is not first");
  }
};

/// The same for backends that keep scales by themselves: the factor is left in the result, because
/// the runtime would divide by a rounded one.
template <int Inputs>
struct UndividedPlan : InterpretedPlan<Inputs> {
  static constexpr double output_scale_factor = 1;
};

}  // namespace equiripple::test
