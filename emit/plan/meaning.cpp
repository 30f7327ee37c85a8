// Every value is outer + factor * series: outer and factor linear in the inputs a and b (factor may
// be absent), the series a polynomial in the variable of one stage.
#include "emit/plan/meaning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emit/direct.hpp"
#include "emit/plan/interpret.hpp"
#include "emit/plan/series_arithmetic.hpp"
#include "emit/result.hpp"

namespace equiripple {
namespace {

struct Linear {
  Rational a = 0;
  Rational b = 0;

  bool is_zero() const { return a == 0 && b == 0; }
  bool operator==(const Linear& other) const = default;
};

struct LinearAndSeries {
  Linear outer;
  std::optional<Linear> factor;
  std::optional<Series> series;
  int stage = -1;  // of the series' variable, from 0
};

// Thrown inside this file only.
struct Meaningless : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void reject(const Instruction& step, const char* why) {
  throw Meaningless(fmt::format("{}: {}", step.name, why));
}

bool is_plain_series(const LinearAndSeries& v) {
  return v.series && !v.factor && v.outer.is_zero();
}
bool is_linear(const LinearAndSeries& v) { return !v.series; }

// The algebra (interpret.hpp) of such values.
class Reader {
 public:
  using Value = LinearAndSeries;

  Reader(Kind kind, const std::vector<ChebyshevSeries>& stored) : kind_(kind), stored_(stored) {}

  std::vector<ChebyshevSeries> read(const Plan& plan) {
    const std::vector<Value> values = interpreted(plan.program, *this);
    if (stage_ + 1 != static_cast<int>(stored_.size())) {
      throw Meaningless("the program has another number of stages than the tables");
    }
    finish(values.back(), plan.output_scale_factor);
    return std::move(polynomials_);
  }

  Value input(const Instruction&) {
    Value v;
    (inputs_++ == 0 ? v.outer.a : v.outer.b) = 1;
    return v;
  }

  Value normalise(const Instruction& step, const Value& v) {
    const Interval& basis = stored_.front().basis;
    if (stage_ != -1 || !is_linear(v) || v.outer != argument()) {
      reject(step, "does not normalise the argument of the function");
    }
    if (step.centre != (basis.lower + basis.upper) / 2 ||
        step.half_width != (basis.upper - basis.lower) / 2) {
      reject(step, "does not map the basis of the first stage onto [-1, 1]");
    }
    stage_ = 0;
    return variable();
  }

  Value stage(const Instruction& step, const Value& v) {
    if (!is_plain_series(v) || v.stage != stage_ ||
        stage_ + 1 >= static_cast<int>(stored_.size())) {
      reject(step, "is not the next stage of its operand");
    }
    const Interval& basis = stored_[static_cast<std::size_t>(stage_) + 1].basis;
    Series p = *v.series;
    for (Rational& c : p) c *= (basis.upper - basis.lower) / 2;
    p.front() += (basis.lower + basis.upper) / 2;
    keep(std::move(p));
    ++stage_;
    return variable();
  }

  Value product(const Instruction& step, const Value& x, const Value& y) const {
    return sized(step, multiplied(step, x, y));
  }

  Value multiple(const Instruction& step, const Value& v, const Rational& factor) const {
    return sized(step, scaled(v, factor));
  }

  Value shifted(const Instruction& step, Value v) const {
    if (!v.series || v.factor) reject(step, "adds a number to what is no polynomial");
    v.series = equiripple::sum(std::move(*v.series), {step.scalar}, 1);
    return sized(step, std::move(v));
  }

  Value sum(const Instruction& step, const Value& x, const Value& y, int sign) const {
    return sized(step, added(step, x, y, sign));
  }

  static Value same(const Instruction&, const Value& v) { return v; }

 private:
  // x, or a - b.
  Linear argument() const {
    return has_two_inputs(kind_) ? Linear{.a = 1, .b = -1} : Linear{.a = 1, .b = 0};
  }

  Value variable() const {
    Value v;
    v.series = Series{0, 1};
    v.stage = stage_;
    return v;
  }

  void keep(Series p) {
    while (p.size() > 1 && p.back() == 0) p.pop_back();
    const ChebyshevSeries& stored = stored_[static_cast<std::size_t>(stage_)];
    ChebyshevSeries series{
        .basis = stored.basis, .coefficients = std::move(p), .parity = stored.parity};
    if (stored.parity != Parity::none) {
      const std::size_t first = stored.parity == Parity::odd ? 0 : 1;
      for (std::size_t k = first; k < series.coefficients.size(); k += 2) {
        if (series.coefficients[k] != 0) series.parity = Parity::none;
      }
    }
    polynomials_.push_back(std::move(series));
  }

  static Value scaled(Value v, const Rational& scale) {
    v.outer.a *= scale;
    v.outer.b *= scale;
    if (v.series) {
      for (Rational& c : *v.series) c *= scale;
    }
    return v;
  }

  // No plan passes its stage's degree; a hand-made program might double it with each line.
  Value sized(const Instruction& step, Value v) const {
    if (!v.series) return v;
    const std::size_t stored = stored_[static_cast<std::size_t>(v.stage)].coefficients.size();
    if (v.series->size() > 2 * stored + 2) reject(step, "has a degree above that of its stage");
    for (const Rational& c : *v.series) {
      const Rational size = abs(c);
      const bool fits = size == 0 || (size > smallest_ && size < largest_);
      if (!fits) reject(step, "has coefficients out of all bounds");
    }
    return v;
  }

  static Value multiplied(const Instruction& step, const Value& x, const Value& y) {
    Value v;
    if (is_plain_series(x) && is_plain_series(y) && x.stage == y.stage) {
      v.series = equiripple::product(*x.series, *y.series);
      v.stage = x.stage;
      return v;
    }
    if (is_linear(x) && is_plain_series(y)) return times_factor(y, x.outer);
    if (is_linear(y) && is_plain_series(x)) return times_factor(x, y.outer);
    const bool first_is_plain = is_plain_series(x);
    const Value& plain = first_is_plain ? x : y;
    const Value& other = first_is_plain ? y : x;
    if (!is_plain_series(plain) || !other.outer.is_zero() || other.stage != plain.stage) {
      reject(step, "is a product of values that no plan multiplies");
    }
    v = other;
    v.series = equiripple::product(*x.series, *y.series);
    return v;
  }

  static Value times_factor(Value series, const Linear& factor) {
    series.factor = factor;
    return series;
  }

  // outer + c factor * p as rest + factor * (c p + d), where outer is rest + d factor.
  static void fold_into_series(Value& v, const Linear& factor, const Linear& rest) {
    if (!v.series || !v.factor) return;
    const Rational multiple = v.factor->a / factor.a;
    if (*v.factor != Linear{factor.a * multiple, factor.b * multiple}) return;
    for (Rational& c : *v.series) c *= multiple;
    v.factor = factor;
    const Rational inside = (v.outer.a - rest.a) / factor.a;
    if (v.outer.b - rest.b != inside * factor.b) return;
    v.outer = rest;
    v.series = equiripple::sum(std::move(*v.series), {inside}, 1);
  }

  static Value added(const Instruction& step, const Value& x, const Value& y, int sign) {
    Value v = x;
    v.outer.a += sign * y.outer.a;
    v.outer.b += sign * y.outer.b;
    if (!y.series) return v;
    if (!x.series) {
      v.factor = y.factor;
      v.stage = y.stage;
      v.series = scaled(y, sign).series;
      return v;
    }
    if (x.stage != y.stage || x.factor.has_value() != y.factor.has_value()) {
      reject(step, "adds polynomials of different variables");
    }
    if (x.factor == y.factor) {
      v.series = equiripple::sum(std::move(*v.series), *y.series, sign);
      return v;
    }
    // x + c x p: both in terms of one factor.
    if (x.factor->a == 0) reject(step, "adds multiples of different inputs");
    const Rational ratio = y.factor->a / x.factor->a;
    if (*y.factor != Linear{x.factor->a * ratio, x.factor->b * ratio}) {
      reject(step, "adds multiples of different inputs");
    }
    v.series = equiripple::sum(std::move(*v.series), *scaled(y, ratio).series, sign);
    return v;
  }

  // What the inputs are added up to, outside the last polynomial.
  Linear summand() const {
    Linear outer;
    if (form_.summand == ResultForm::Input::a) outer.a = 1;
    if (form_.summand == ResultForm::Input::b) outer.b = 1;
    return outer;
  }

  Series with_sign(Series p) const {
    for (Rational& c : p) c *= form_.sign;
    return p;
  }

  // p of p, b + p or a - p: what is linear in the inputs is a multiple of its variable.
  Series direct(Value v) const {
    const Linear outer = summand();
    v.outer.a -= outer.a;
    v.outer.b -= outer.b;
    const Linear x = argument();
    const Rational multiple = v.outer.a / x.a;
    if (v.factor || v.outer != Linear{.a = multiple, .b = x.b * multiple}) {
      throw Meaningless(fmt::format("the result is not that of {}", name_of(kind_)));
    }
    return with_sign(
        equiripple::sum(std::move(*v.series), {0, multiple * stored_.front().basis.upper}, 1));
  }

  // The last stage from the value of the whole function.
  void finish(Value v, const Rational& output_scale_factor) {
    if (output_scale_factor == 0) throw Meaningless("output_scale_factor is 0");
    v = scaled(std::move(v), 1 / output_scale_factor);
    if (!v.series || v.stage != stage_) throw Meaningless("the result is not of the last stage");
    if (is_direct(kind_, stored_)) return keep(direct(std::move(v)));
    const std::optional<Linear> factor =
        form_.factor == ResultForm::Input::none ? std::nullopt : std::optional<Linear>(argument());
    const Linear outer = summand();
    if (factor) fold_into_series(v, *factor, outer);
    if (v.factor != factor || v.outer != outer) {
      throw Meaningless(fmt::format("the result is not that of {}", name_of(kind_)));
    }
    Series p = with_sign(std::move(*v.series));
    if (form_.is_halved) {  // (1 + P) / 2
      for (Rational& c : p) c *= 2;
      p.front() -= 1;
    }
    keep(std::move(p));
  }

  static constexpr long largest_log2 = 1 << 13;  // chosen: far above products of binary64 scalars

  const Rational largest_ = power_of_two(largest_log2);
  const Rational smallest_ = power_of_two(-largest_log2);
  Kind kind_;
  ResultForm form_ = result_form(kind_);
  const std::vector<ChebyshevSeries>& stored_;
  std::vector<ChebyshevSeries> polynomials_;
  int inputs_ = 0;
  int stage_ = -1;
};

}  // namespace

Expected<std::vector<ChebyshevSeries>> meaning_of(const Plan& plan, Kind kind,
                                                  const std::vector<ChebyshevSeries>& stored) {
  try {
    return Reader(kind, stored).read(plan);
  } catch (const Meaningless& why) {
    return Defect{why.what()};
  }
}

}  // namespace equiripple
