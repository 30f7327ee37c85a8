#include "emit/targets/arithmetic.hpp"

#include <cstdlib>
#include <set>

namespace equiripple {
namespace {

class Translation {
 public:
  explicit Translation(const Plan& plan) : plan_(plan), names_(plan.program.size()) {
    for (const Instruction& step : plan.program) taken_.insert(step.name);
  }

  ArithmeticPlan made() {
    bool has_range = false;
    for (std::size_t i = 0; i < plan_.program.size(); ++i) {
      const Instruction& step = plan_.program[i];
      if (step.operation == PlanOperation::input) made_.inputs.push_back(step.name);
      names_[i] = step.operation == PlanOperation::input ? step.name : result_of(step);
      has_range = has_range || (step.operation == PlanOperation::normalise && step.half_width != 1);
    }
    made_.result = names_.back();
    const bool has_factor = plan_.output_scale_factor != 1;
    if (has_factor) {
      made_.result = by_constant(Arithmetic::scale, unused(names_.back() + "_whole"), names_.back(),
                                 1 / plan_.output_scale_factor);
    }
    made_.levels = plan_.costs.levels + int{has_range} + int{has_factor};
    return std::move(made_);
  }

 private:
  std::string unused(std::string name) {
    while (!taken_.insert(name).second) name += "_";
    return name;
  }

  std::string of_two(Arithmetic operation, const std::string& name, const std::string& left,
                     const std::string& right) {
    made_.steps.push_back({operation, name, left, right});
    return name;
  }

  std::string by_constant(Arithmetic operation, const std::string& name, const std::string& left,
                          const Rational& constant) {
    made_.steps.push_back({operation, name, left, {}, Rational(to_double(constant))});
    return name;
  }

  // By additions, which take no level; plans have little but doublings and changes of sign.
  std::string multiple(const std::string& name, const std::string& x, int integer) {
    constexpr int most = 8;  // chosen: no plan of ours has more
    if (integer == 0) return of_two(Arithmetic::subtract, name, x, x);
    if (integer < -most || integer > most) return by_constant(Arithmetic::scale, name, x, integer);
    std::string sum = x;
    for (int k = 2; k <= std::abs(integer); ++k) {
      sum = of_two(Arithmetic::add, k == integer ? name : unused(name + "_part"), sum, x);
    }
    return integer > 0 ? sum : of_two(Arithmetic::negate, name, sum, {});
  }

  std::string normalised(const Instruction& step, std::string x) {
    if (step.centre != 0) {
      x = by_constant(Arithmetic::shift, unused(step.name + "_moved"), x, -step.centre);
    }
    if (step.half_width == 1) return x;
    return by_constant(Arithmetic::scale, step.name, x, 1 / step.half_width);
  }

  std::string result_of(const Instruction& step) {
    const std::string& left = names_[static_cast<std::size_t>(step.left)];
    const auto two = [&](Arithmetic operation) {
      return of_two(operation, step.name, left, names_[static_cast<std::size_t>(step.right)]);
    };
    switch (step.operation) {
      case PlanOperation::multiply: return two(Arithmetic::multiply);
      case PlanOperation::square: return of_two(Arithmetic::multiply, step.name, left, left);
      case PlanOperation::relinearize: return of_two(Arithmetic::relinearize, step.name, left, {});
      case PlanOperation::add: return two(Arithmetic::add);
      case PlanOperation::subtract: return two(Arithmetic::subtract);
      case PlanOperation::multiply_scalar:
        return by_constant(Arithmetic::scale, step.name, left, step.scalar);
      case PlanOperation::add_scalar:
        return by_constant(Arithmetic::shift, step.name, left, step.scalar);
      case PlanOperation::multiply_integer: return multiple(step.name, left, step.integer);
      case PlanOperation::normalise: return normalised(step, left);
      default: return left;  // rescale, drop, stage
    }
  }

  const Plan& plan_;
  std::vector<std::string> names_;  // what stands for the values of the program
  std::set<std::string> taken_;
  ArithmeticPlan made_;
};

}  // namespace

ArithmeticPlan arithmetic_of(const Plan& plan) { return Translation(plan).made(); }

}  // namespace equiripple
