// Runs an emitted plan on a backend.
//
// A plan is a struct with static members: name, inputs (1 or 2), levels, lower and upper (the
// range of its variable), half_width, output_scale_factor (what `run` returns is this times the
// function), and `run(he, x)` or `run(he, a, b)`, one operation a line.
// `run` is executed as it stands; the evaluator adds the scales that were fixed beforehand.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "backend.hpp"
#include "errors.hpp"
#include "schedule.hpp"

namespace equiripple {
namespace detail {

/// Operations as they come, for a library that keeps scales by itself.
template <class Backend>
class DirectEvaluator {
 public:
  using Value = typename Backend::Ciphertext;

  explicit DirectEvaluator(Backend& backend) : backend_(backend) {}

  Value normalise(const Value& x, double centre, double half_width) {
    const Value shifted = centre == 0 ? x : add_scalar(x, -centre);
    return half_width == 1 ? shifted : multiply_scalar(shifted, 1 / half_width);
  }
  Value stage(const Value& x) { return x; }
  Value multiply(const Value& x, const Value& y) { return backend_.multiply(x, y); }
  Value square(const Value& x) { return backend_.square(x); }
  Value relinearize(const Value& x) { return backend_.relinearize(x); }
  Value rescale(const Value& x) { return backend_.rescale(x); }
  Value multiply_scalar(const Value& x, double c) {
    return backend_.multiply_plain(x, backend_.encode(c, backend_.level(x), 1));
  }
  Value add_scalar(const Value& x, double c) {
    return backend_.add_plain(x, backend_.encode(c, backend_.level(x), 1));
  }
  Value multiply_integer(const Value& x, int k) { return backend_.multiply_integer(x, k); }
  Value negate(const Value& x) { return backend_.negate(x); }
  Value add(const Value& x, const Value& y) { return backend_.add(x, y); }
  Value sub(const Value& x, const Value& y) { return backend_.sub(x, y); }
  Value drop(const Value& x, int) { return x; }

 private:
  Backend& backend_;
};

/// Operations with the scales of a schedule.
template <class Backend>
class ScheduledEvaluator {
 public:
  using Ciphertext = typename Backend::Ciphertext;

  struct Value {
    Ciphertext ciphertext;
    std::size_t record;
  };

  ScheduledEvaluator(Backend& backend, const Schedule& schedule, bool spend_level)
      : backend_(backend), schedule_(schedule), spend_level_(spend_level) {}

  Value input(const Ciphertext& x) { return {x, next_++}; }

  Value normalise(Value x, double centre, double half_width) {
    if (centre != 0) x = add_scalar(x, -centre);
    if (spend_level_ && !spent_) {
      x = rescale(multiply_scalar(x, 1 / half_width));
      spent_ = true;
    }
    return stage(std::move(x));
  }
  Value stage(Value x) {
    backend_.set_scale(x.ciphertext, schedule_.records[next_].scale);
    x.record = next_++;
    return x;
  }
  Value multiply(Value x, Value y) {
    align(x, y);
    return finish(backend_.multiply(x.ciphertext, y.ciphertext));
  }
  Value square(const Value& x) { return finish(backend_.square(x.ciphertext)); }
  Value relinearize(const Value& x) { return finish(backend_.relinearize(x.ciphertext)); }
  Value rescale(const Value& x) { return finish(backend_.rescale(x.ciphertext)); }
  Value multiply_scalar(const Value& x, double c) {
    const double encoding = schedule_.records[next_].encoding;
    const auto plain = backend_.encode(visible(c, encoding), schedule_.level_of(next_), encoding);
    return finish(backend_.multiply_plain(x.ciphertext, plain));
  }
  Value add_scalar(const Value& x, double c) {
    const Record& record = schedule_.records[next_];
    const auto plain = backend_.encode(c, schedule_.level_of(next_), record.scale);
    return finish(backend_.add_plain(x.ciphertext, plain));
  }
  Value multiply_integer(const Value& x, int k) {
    return finish(backend_.multiply_integer(x.ciphertext, k));
  }
  Value negate(const Value& x) { return finish(backend_.negate(x.ciphertext)); }
  Value add(Value x, Value y) {
    align(x, y);
    return finish(backend_.add(x.ciphertext, y.ciphertext));
  }
  Value sub(Value x, Value y) {
    align(x, y);
    return finish(backend_.sub(x.ciphertext, y.ciphertext));
  }
  Value drop(const Value& x, int) {
    return finish(backend_.drop_to_level(x.ciphertext, schedule_.level_of(next_)));
  }

 private:
  // As Recorder::align.
  void align(Value& x, Value& y) {
    const int depth_of_x = schedule_.records[x.record].depth;
    const int depth_of_y = schedule_.records[y.record].depth;
    if (depth_of_x < depth_of_y) x = drop(x, 0);
    if (depth_of_y < depth_of_x) y = drop(y, 0);
  }

  // A scalar that would round to the zero plaintext makes a transparent product, which libraries
  // refuse. It becomes one unit of its scale: an error as that of rounding any scalar.
  static double visible(double c, double encoding) {
    return std::abs(c * encoding) < 0.5 ? std::copysign(1 / encoding, c) : c;
  }

  // Replaces the library's own scale by the planned one, where rounding alone separates them.
  Value finish(Ciphertext&& result) {
    constexpr double agreement = 0x1p-40;  // chosen: rounding of doubles is far below, drift above
    const double planned = schedule_.records[next_].scale;
    const double actual = backend_.scale(result);
    if (!(std::abs(actual - planned) <= planned * agreement)) {
      throw wrong_scale("operation " + std::to_string(next_) + " has scale 2^" +
                        std::to_string(std::log2(actual)) + ", planned is 2^" +
                        std::to_string(std::log2(planned)));
    }
    backend_.set_scale(result, planned);
    return {std::move(result), next_++};
  }

  Backend& backend_;
  const Schedule& schedule_;
  bool spend_level_;
  bool spent_ = false;
  std::size_t next_ = 0;
};

template <class Plan, class Evaluator, class Value, std::size_t count>
auto run(Evaluator& he, const Value (&inputs)[count]) {
  static_assert(count == Plan::inputs, "this function takes another number of inputs");
  if constexpr (count == 1) {
    return Plan::run(he, inputs[0]);
  } else {
    return Plan::run(he, inputs[0], inputs[1]);
  }
}

// A library that keeps scales by itself cannot read a factor off the scale: a scalar product for the
// range, and one for the factor of the output.
template <class Plan, class Backend>
constexpr int directly_required_levels() {
  if (has_no_levels<Backend>::value) return Plan::levels;
  return Plan::levels + (Plan::half_width == 1 ? 0 : 1) + (Plan::output_scale_factor == 1 ? 0 : 1);
}

template <class Plan>
void require_levels(int needed, int left) {
  if (left < needed) throw not_enough_levels(Plan::name, needed, left);
}

template <class Number, std::size_t count>
void require_equal(const Number (&numbers)[count], const char* what) {
  for (const Number& number : numbers) {
    if (number != numbers[0]) {
      throw wrong_scale(std::string("the inputs have different ") + what + ": " +
                        number_text(static_cast<double>(numbers[0])) + " and " +
                        number_text(static_cast<double>(number)));
    }
  }
}

// Where the leading coefficient is absorbed, no scalar is left that could set the scale of the result.
inline void require_choice_of_scale(const Schedule& schedule, double output_scale, double factor) {
  constexpr double agreement = 0x1p-40;  // chosen: rounding of doubles
  const double scale = schedule.records.back().scale * factor;
  if (output_scale == 0 || std::abs(scale - output_scale) <= agreement * output_scale) return;
  throw wrong_scale("the result has scale 2^" + number_text(std::log2(scale)) +
                    ", which this plan does not let the caller choose (2^" +
                    number_text(std::log2(output_scale)) + " was asked for)");
}

// A value at a scale near 1 has no digits left.
inline void require_precision(const Schedule& schedule, double input_scale, double working_scale) {
  constexpr double smallest = 1024;                  // chosen: three decimal digits
  constexpr double smallest_range_scalar = 0x1p+20;  // chosen: the variable leaves [-1, 1] by 2^-21
  for (const Record& record : schedule.records) {
    const double scale = record.step == Step::multiply_scalar
                             ? std::min(record.scale, record.encoding)
                             : record.scale;
    if (record.step == Step::multiply_scalar && record.factor != 0 &&
        !(record.factor * record.encoding >= smallest_range_scalar)) {
      throw wrong_scale("the working scale 2^" + number_text(std::log2(working_scale)) +
                        " cannot hold 1 / range with the digits that normalising needs");
    }
    if (!(scale >= smallest)) {
      throw wrong_scale("the input's scale 2^" + number_text(std::log2(input_scale)) +
                        " is too small beside the working scale 2^" +
                        number_text(std::log2(working_scale)) +
                        ": an intermediate scale would be 2^" + number_text(std::log2(scale)));
    }
  }
}

template <class Plan, class Backend, class... Input>
typename Backend::Ciphertext evaluate_scheduled(Backend& he, double output_scale,
                                                const Input&... inputs) {
  const int levels[] = {he.level(inputs)...};
  const double scales[] = {he.scale(inputs)...};
  require_equal(levels, "levels");
  require_equal(scales, "scales");
  const int level = levels[0];
  const double scale = scales[0];
  for (const double given : {scale, output_scale == 0 ? scale : output_scale}) {
    if (!(given >= 1) || !std::isfinite(given)) {
      throw wrong_scale("a scale of " + number_text(given) + " was given; it must be 1 or more");
    }
  }
  if (level < 1) require_levels<Plan>(Plan::levels, level);
  const double working_scale = Plan::levels > 0 ? he.modulus_at(level) : scale;
  const bool spend_level = !reads_freely(scale, Plan::half_width, working_scale);
  require_levels<Plan>(Plan::levels + (spend_level ? 1 : 0), level);
  // The inputs are numbered in arrays, because braces fix the order.
  Recorder recorder(spend_level);
  const Recorder::Value recorded[] = {(static_cast<void>(inputs), recorder.input())...};
  run<Plan>(recorder, recorded);
  const Schedule schedule =
      Scheduler::run(recorder.take(), level, scale,
                     Plan::output_scale_factor != 1 ? 0 : output_scale == 0 ? scale : output_scale,
                     [&](int at) { return he.modulus_at(at); });
  require_choice_of_scale(schedule, output_scale, Plan::output_scale_factor);
  require_precision(schedule, scale, working_scale);
  ScheduledEvaluator<Backend> evaluator(he, schedule, spend_level);
  const typename ScheduledEvaluator<Backend>::Value numbered[] = {evaluator.input(inputs)...};
  typename Backend::Ciphertext result = run<Plan>(evaluator, numbered).ciphertext;
  if (Plan::output_scale_factor != 1) {
    he.set_scale(result, schedule.records.back().scale * Plan::output_scale_factor);
  }
  return result;
}

}  // namespace detail

/// Levels that the plan consumes for an input of this scale when the first modulus is
/// `working_scale`: one more where the range cannot be read off the scale.
template <class Plan>
int required_levels(double input_scale, double working_scale) {
  const bool free = detail::reads_freely(input_scale, Plan::half_width, working_scale);
  return Plan::levels + (Plan::levels > 0 && !free ? 1 : 0);
}

namespace detail {

template <class Plan, class Backend, class... Input>
typename Backend::Ciphertext evaluate_on(Backend& he, double output_scale, const Input&... inputs) {
  static_assert(sizeof...(Input) == Plan::inputs, "the function takes another number of inputs");
  if constexpr (manages_scales<Backend>::value) {
    (require_levels<Plan>(directly_required_levels<Plan, Backend>(), he.level(inputs)), ...);
    DirectEvaluator<Backend> evaluator(he);
    const typename Backend::Ciphertext result = Plan::run(evaluator, inputs...);
    if constexpr (Plan::output_scale_factor == 1) {
      return result;
    } else {
      return evaluator.multiply_scalar(result, 1 / Plan::output_scale_factor);
    }
  } else {
    return evaluate_scheduled<Plan>(he, output_scale, inputs...);
  }
}

}  // namespace detail

/// The plan on ciphertexts. Throws not_enough_levels, wrong_scale, or (where the backend can see
/// the value) outside_range, before the first operation. The result has scale `output_scale`
/// (0: the input's; what the plan gives where output_scale_factor is not 1).
template <class Plan, class Backend>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& x,
                                      double output_scale = 0) {
  if constexpr (detail::checks_input<Backend>::value) he.check_input(x, Plan::lower, Plan::upper);
  return detail::evaluate_on<Plan>(he, output_scale, x);
}

/// The same for functions of two inputs; the range is that of a - b.
template <class Plan, class Backend>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& a,
                                      const typename Backend::Ciphertext& b,
                                      double output_scale = 0) {
  if constexpr (detail::checks_input<Backend>::value) {
    he.check_input(he.sub(a, b), Plan::lower, Plan::upper);
  }
  return detail::evaluate_on<Plan>(he, output_scale, a, b);
}

}  // namespace equiripple
