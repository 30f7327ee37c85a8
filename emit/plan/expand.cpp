// One pass over the program.
#include "emit/plan/expand.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "emit/plan/series_arithmetic.hpp"

namespace equiripple {
namespace {

struct Value {
  std::optional<Series> series;  // of the variable; times an input where times_input
  bool times_input = false;
  Rational bound = 1;      // of |value| where the variable is in [-1, 1]; inputs count as 1
  Rational magnitude = 1;  // the sum of the magnitudes of the terms that were added up to it
};

Rational norm(const Series& series) {
  Rational sum = 0;
  for (const Rational& c : series) sum += abs(c);
  return sum;
}

Value scaled(const Value& x, const Rational& factor) {
  Value y{.series = x.series,
          .times_input = x.times_input,
          .bound = x.bound * abs(factor),
          .magnitude = {}};
  if (y.series) {
    for (Rational& c : *y.series) c *= factor;
  }
  return y;
}

bool is_input(const Value& x) { return x.times_input && x.series && *x.series == Series{1}; }

// a - b counts as 1, as the range bounds it; a + b as twice one of them.
Value of_inputs(int sign) {
  const int size = sign > 0 ? 2 : 1;
  return {.series = Series{size}, .times_input = true, .bound = size, .magnitude = size};
}

Value evaluate(const Instruction& instruction, const std::vector<Value>& known) {
  const auto of = [&](int index) -> const Value& { return known[static_cast<std::size_t>(index)]; };
  switch (instruction.operation) {
    case PlanOperation::input: return {.series = Series{1}, .times_input = true};
    case PlanOperation::normalise:
    case PlanOperation::stage: return {.series = Series{0, 1}};
    case PlanOperation::multiply:
    case PlanOperation::square: {
      const Value& x = of(instruction.left);
      const Value& y = instruction.right >= 0 ? of(instruction.right) : x;
      Value z{.series = {}, .bound = x.bound * y.bound, .magnitude = x.bound * y.bound};
      if (x.series && y.series && !(x.times_input && y.times_input)) {
        z.series = product(*x.series, *y.series);
        z.times_input = x.times_input || y.times_input;
      }
      return z;
    }
    case PlanOperation::multiply_scalar: {
      Value z = scaled(of(instruction.left), instruction.scalar);
      z.magnitude = z.bound;
      return z;
    }
    case PlanOperation::multiply_integer: {
      Value z = scaled(of(instruction.left), instruction.integer);
      z.magnitude = of(instruction.left).magnitude * std::abs(instruction.integer);
      return z;
    }
    case PlanOperation::add_scalar: {
      const Value& x = of(instruction.left);
      const Rational size = abs(instruction.scalar);
      Value z{.series = {}, .bound = x.bound + size, .magnitude = x.magnitude + size};
      if (x.series && !x.times_input) z.series = sum(*x.series, {instruction.scalar}, 1);
      return z;
    }
    case PlanOperation::add:
    case PlanOperation::subtract: {
      const Value& x = of(instruction.left);
      const Value& y = of(instruction.right);
      const int sign = instruction.operation == PlanOperation::add ? 1 : -1;
      Value z{.series = {}, .bound = x.bound + y.bound, .magnitude = x.magnitude + y.magnitude};
      if (is_input(x) && is_input(y)) return of_inputs(sign);
      if (x.series && y.series && x.times_input == y.times_input) {
        z.series = sum(*x.series, *y.series, sign);
        z.times_input = x.times_input;
      }
      return z;
    }
    case PlanOperation::refresh_input:
    case PlanOperation::relinearize:
    case PlanOperation::rescale:
    case PlanOperation::drop: return of(instruction.left);
  }
  return {};
}

bool is_sum(PlanOperation operation) {
  return operation == PlanOperation::add || operation == PlanOperation::subtract ||
         operation == PlanOperation::add_scalar;
}

}  // namespace

Expansion expand(const std::vector<Instruction>& program) {
  Expansion expansion;
  std::vector<Value> known;
  for (const Instruction& instruction : program) {
    Value value = evaluate(instruction, known);
    if (value.series) value.bound = norm(*value.series);
    if (is_sum(instruction.operation)) {
      expansion.growth = std::max(expansion.growth, value.magnitude);
    }
    known.push_back(std::move(value));
  }
  expansion.growth = round_to_bits(std::max(expansion.growth, Rational(1)), 53, Rounding::up);
  for (Value& value : known) {
    expansion.values.push_back(value.series ? std::move(*value.series) : Series{});
  }
  return expansion;
}

}  // namespace equiripple
