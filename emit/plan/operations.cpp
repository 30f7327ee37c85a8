// The calls that the emitted header makes, and where they are looked at.
#include "emit/plan/operations.hpp"

#include <algorithm>
#include <cmath>

#include "emit/plan/interpret.hpp"
#include "emit/plan/refresh.hpp"

namespace equiripple {

namespace {

// The algebra (interpret.hpp) of recorded calls.
class Calls {
 public:
  using Value = detail::Recorder::Value;

  Value input(const Instruction&) { return he_.input(); }
  Value normalise(const Instruction& step, Value x) {
    return he_.normalise(x, to_double(step.centre), to_double(step.half_width));
  }
  Value stage(const Instruction& step, Value x) {
    return is_refresh(step) ? he_.refresh(x) : he_.stage(x, to_double(step.scalar));
  }
  Value product(const Instruction& step, Value x, Value y) {
    return step.operation == PlanOperation::square ? he_.square(x) : he_.multiply(x, y);
  }
  Value multiple(const Instruction& step, Value x, const Rational& factor) {
    return step.operation == PlanOperation::multiply_integer
               ? he_.multiply_integer(x, step.integer, step.carried)
               : he_.multiply_scalar(x, to_double(factor));
  }
  Value shifted(const Instruction& step, Value x) {
    return he_.add_scalar(x, to_double(step.scalar));
  }
  Value sum(const Instruction&, Value x, Value y, int sign) {
    return sign > 0 ? he_.add(x, y) : he_.sub(x, y);
  }
  Value same(const Instruction& step, Value x) {
    if (step.operation == PlanOperation::refresh_input) {
      return he_.refresh_input(x, 0, to_double(step.half_width));
    }
    if (step.operation == PlanOperation::relinearize) return he_.relinearize(x);
    return step.operation == PlanOperation::rescale ? he_.rescale(x) : he_.drop(x, step.depth);
  }

  std::vector<detail::Operation> take() { return he_.take(); }

 private:
  detail::Recorder he_;
};

}  // namespace

std::vector<detail::Operation> operations_of(const std::vector<Instruction>& program) {
  Calls calls;
  static_cast<void>(interpreted(program, calls));
  return calls.take();
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
