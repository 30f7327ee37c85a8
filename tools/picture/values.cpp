// A program in the numbers of pictures.
#include "tools/picture/values.hpp"

#include "emit/plan/interpret.hpp"

namespace equiripple {
namespace {

// x is the input, or that of two that the plan is of; the other is 0, a of a quotient 1.
struct PlottedNumbers {
  using Value = PlotReal;

  Value input(const Instruction&) { return inputs++ % 2 == 0 ? x : other; }
  static Value normalise(const Instruction& step, const Value& v) {
    return (v - from_rational<PlotReal>(step.centre)) / from_rational<PlotReal>(step.half_width);
  }
  static Value stage(const Instruction&, const Value& v) { return v; }
  static Value product(const Instruction&, const Value& v, const Value& w) { return v * w; }
  static Value multiple(const Instruction&, const Value& v, const Rational& factor) {
    return v * from_rational<PlotReal>(factor);
  }
  static Value shifted(const Instruction& step, const Value& v) {
    return v + from_rational<PlotReal>(step.scalar);
  }
  static Value sum(const Instruction&, const Value& v, const Value& w, int sign) {
    return v + w * sign;
  }
  static Value same(const Instruction&, const Value& v) { return v; }

  PlotReal x;
  PlotReal other;
  int inputs = 0;
};

}  // namespace

PlotReal value_of_program(const Plan& plan, const PlotReal& x) {
  PlottedNumbers numbers{
      .x = x, .other = plan.is_of_second() ? 1 : 0, .inputs = plan.is_of_second() ? 1 : 0};
  return interpreted(plan.program, numbers).back() /
         from_rational<PlotReal>(plan.output_scale_factor);
}

}  // namespace equiripple
