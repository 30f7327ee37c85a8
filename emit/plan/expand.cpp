// One pass over the program.
#include "emit/plan/expand.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "emit/plan/interpret.hpp"
#include "emit/plan/series_arithmetic.hpp"

namespace equiripple {
namespace {

struct Expanded {
  std::optional<DyadicSeries> series;  // of the variable; times an input where times_input
  bool times_input = false;
  bool of_input = false;                 // the variable is that of the first stage
  std::optional<DyadicSeries> factor{};  // such a series, where it multiplies one of a later stage
  Dyadic bound = 1;      // of |value| where the variable is in [-1, 1]; inputs count as 1
  Dyadic magnitude = 1;  // the sum of the magnitudes of the terms that were added up to it
};

Dyadic norm(const DyadicSeries& series) {
  Dyadic sum = 0;
  for (const Dyadic& c : series) sum += abs(c);
  return sum;
}

Expanded scaled(const Expanded& x, const Dyadic& factor) {
  Expanded y{.series = x.series,
             .times_input = x.times_input,
             .of_input = x.of_input,
             .factor = x.factor,
             .bound = x.bound * abs(factor),
             .magnitude = {}};
  if (y.series) {
    for (Dyadic& c : *y.series) c *= factor;
  }
  return y;
}

bool is_input(const Expanded& x) {
  return x.times_input && x.series && *x.series == DyadicSeries{1};
}

// a - b counts as 1, as the range bounds it; a + b as twice one of them.
Expanded of_inputs(int sign) {
  const int size = sign > 0 ? 2 : 1;
  return {.series = DyadicSeries{size}, .times_input = true, .bound = size, .magnitude = size};
}

// The algebra (interpret.hpp) of such values.
class Expander {
 public:
  using Value = Expanded;

  static Value input(const Instruction&) {
    return settled({.series = DyadicSeries{1}, .times_input = true});
  }
  static Value normalise(const Instruction&, const Value&) { return variable(true); }
  static Value stage(const Instruction&, const Value&) { return variable(false); }

  static Value product(const Instruction&, const Value& x, const Value& y) {
    Value z{.series = {}, .bound = x.bound * y.bound, .magnitude = x.bound * y.bound};
    if (multiplies(x, y)) return settled(times(x, y));
    if (multiplies(y, x)) return settled(times(y, x));
    if (x.factor && y.factor) return settled(std::move(z));
    if (x.series && y.series && !(x.times_input && y.times_input)) {
      z.series = equiripple::product(*x.series, *y.series);
      z.times_input = x.times_input || y.times_input;
      z.of_input = x.of_input && y.of_input;
      z.factor = x.factor ? x.factor : y.factor;
    }
    return settled(std::move(z));
  }

  static Value multiple(const Instruction& step, const Value& x, const Rational& scalar) {
    const Dyadic factor(scalar);
    Value z = scaled(x, factor);
    const bool is_integer = step.operation == PlanOperation::multiply_integer;
    z.magnitude = is_integer ? x.magnitude * abs(factor) : z.bound;
    return settled(std::move(z));
  }

  Value shifted(const Instruction& step, const Value& x) {
    const Dyadic scalar(step.scalar);
    const Dyadic size = abs(scalar);
    Value z{.series = {}, .bound = x.bound + size, .magnitude = x.magnitude + size};
    if (x.series && !x.times_input && !x.factor) {
      z.series = equiripple::sum(*x.series, {scalar}, 1);
      z.of_input = x.of_input;
    }
    return summed(std::move(z));
  }

  Value sum(const Instruction&, const Value& x, const Value& y, int sign) {
    if (is_input(x) && is_input(y)) return summed(of_inputs(sign));
    Value z{.series = {}, .bound = x.bound + y.bound, .magnitude = x.magnitude + y.magnitude};
    if (x.series && y.series && x.times_input == y.times_input && x.of_input == y.of_input &&
        x.factor == y.factor) {
      z.series = equiripple::sum(*x.series, *y.series, sign);
      z.times_input = x.times_input;
      z.of_input = x.of_input;
      z.factor = x.factor;
    }
    return summed(std::move(z));
  }

  static Value same(const Instruction&, const Value& x) { return x; }

  /// The largest magnitude of a sum, and at least 1.
  [[nodiscard]] const Dyadic& growth() const { return growth_; }

 private:
  static Value variable(bool of_input) {
    return settled({.series = DyadicSeries{0, 1}, .of_input = of_input});
  }

  // Whether x is a series of the first stage, and y one of a later.
  static bool multiplies(const Value& x, const Value& y) {
    return x.series && y.series && x.of_input && !x.times_input && !y.of_input && !y.times_input &&
           !y.factor;
  }
  static Value times(const Value& factor, const Value& later) {
    return {
        .series = later.series, .factor = factor.series, .magnitude = factor.bound * later.bound};
  }

  static Value settled(Value value) {
    if (!value.series) return value;
    value.bound = norm(*value.series);
    if (value.factor) value.bound *= norm(*value.factor);
    return value;
  }

  Value summed(Value value) {
    growth_ = std::max(growth_, value.magnitude);
    return settled(std::move(value));
  }

  Dyadic growth_ = 1;
};

}  // namespace

Expansion expand(const std::vector<Instruction>& program) {
  Expander expander;
  std::vector<Expanded> values = interpreted(program, expander);
  Expansion expansion;
  expansion.growth = round_to_bits(to_rational(expander.growth()), binary64_bits, Rounding::up);
  for (Expanded& value : values) {
    expansion.values.push_back(value.series ? std::move(*value.series) : DyadicSeries{});
  }
  return expansion;
}

}  // namespace equiripple
