#include "emit/targets/arithmetic.hpp"

#include <cstdlib>
#include <set>

#include "emit/plan/interpret.hpp"

namespace equiripple {
namespace {

// The algebra (interpret.hpp) of names: what stands for the values of the program.
class Translation {
 public:
  using Value = std::string;

  explicit Translation(const Plan& plan) : plan_(plan) {
    for (const Instruction& step : plan.program) taken_.insert(step.name);
  }

  ArithmeticPlan made() {
    made_.result = interpreted(plan_.program, *this).back();
    const bool has_factor = plan_.output_scale_factor != 1;
    if (has_factor) {
      made_.result = by_constant(Arithmetic::scale, unused(made_.result + "_whole"), made_.result,
                                 1 / plan_.output_scale_factor);
    }
    made_.levels = plan_.costs.levels + int{has_range_} + int{has_factor};
    return std::move(made_);
  }

  Value input(const Instruction& step) {
    made_.inputs.push_back(step.name);
    return step.name;
  }
  Value normalise(const Instruction& step, Value x) {
    if (step.centre != 0) {
      x = by_constant(Arithmetic::shift, unused(step.name + "_moved"), x, -step.centre);
    }
    if (step.half_width == 1) return x;
    has_range_ = true;
    return by_constant(Arithmetic::scale, step.name, x, 1 / step.half_width);
  }
  static Value stage(const Instruction&, const Value& x) { return x; }
  Value product(const Instruction& step, const Value& x, const Value& y) {
    return of_two(Arithmetic::multiply, step.name, x, y);
  }
  Value multiple(const Instruction& step, const Value& x, const Rational& factor) {
    return step.operation == PlanOperation::multiply_integer
               ? by_additions(step.name, x, step.integer)
               : by_constant(Arithmetic::scale, step.name, x, factor);
  }
  Value shifted(const Instruction& step, const Value& x) {
    return by_constant(Arithmetic::shift, step.name, x, step.scalar);
  }
  Value sum(const Instruction& step, const Value& x, const Value& y, int sign) {
    return of_two(sign > 0 ? Arithmetic::add : Arithmetic::subtract, step.name, x, y);
  }
  Value same(const Instruction& step, const Value& x) {
    return step.operation == PlanOperation::relinearize
               ? of_two(Arithmetic::relinearize, step.name, x, {})
               : x;
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
  std::string by_additions(const std::string& name, const std::string& x, int integer) {
    constexpr int most = 8;  // chosen: no plan of ours has more
    if (integer == 0) return of_two(Arithmetic::subtract, name, x, x);
    if (integer < -most || integer > most) return by_constant(Arithmetic::scale, name, x, integer);
    std::string sum = x;
    for (int k = 2; k <= std::abs(integer); ++k) {
      sum = of_two(Arithmetic::add, k == integer ? name : unused(name + "_part"), sum, x);
    }
    return integer > 0 ? sum : of_two(Arithmetic::negate, name, sum, {});
  }

  const Plan& plan_;
  std::set<std::string> taken_;
  bool has_range_ = false;
  ArithmeticPlan made_;
};

}  // namespace

ArithmeticPlan arithmetic_of(const Plan& plan) { return Translation(plan).made(); }

}  // namespace equiripple
