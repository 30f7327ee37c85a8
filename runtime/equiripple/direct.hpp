// Operations as they come, for numbers and for libraries that keep scales by themselves.
#pragma once

#include <utility>
#include <vector>

#include "backend.hpp"
#include "errors.hpp"
#include "recording.hpp"

namespace equiripple {
namespace detail {

template <class Backend>
class DirectEvaluator {
 public:
  using Value = typename Backend::Ciphertext;

  explicit DirectEvaluator(Backend& backend) : backend_(backend) {}

  Value normalise(const Value& x, double centre, double half_width) {
    const Value shifted = centre == 0 ? x : add_scalar(x, -centre);
    return half_width == 1 ? shifted : multiply_scalar(shifted, 1 / half_width);
  }
  Value stage(const Value& x, double = 0) { return x; }
  // Numbers have no levels to be refreshed, and get no noise.
  Value refresh(const Value& x) {
    static_assert(has_no_levels<Backend>::value,
                  "this function is refreshed between its stages, which no backend that keeps "
                  "scales by itself is asked to do");
    return x;
  }
  Value refresh_input(const Value& x, double, double) { return refresh(x); }
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
  Value multiply_integer(const Value& x, int k, int = 0) { return backend_.multiply_integer(x, k); }
  Value negate(const Value& x) { return backend_.negate(x); }
  Value add(const Value& x, const Value& y) { return backend_.add(x, y); }
  Value sub(const Value& x, const Value& y) { return backend_.sub(x, y); }
  Value drop(const Value& x, int) { return x; }

 private:
  Backend& backend_;
};

/// What Plan::run does, of operations that are data.
template <class Evaluator, class Value>
Value replay(const std::vector<Operation>& operations, Evaluator& he, std::vector<Value> values) {
  values.reserve(operations.size());
  for (const Operation& operation : operations) {
    const Value& left = values[operation.left];
    const Value& right = values[operation.right];
    switch (operation.step) {
      case Step::input: break;  // the first values
      case Step::normalise: values.push_back(he.normalise(left, 0, operation.scalar)); break;
      case Step::stage: values.push_back(he.stage(left, operation.scalar)); break;
      case Step::multiply: values.push_back(he.multiply(left, right)); break;
      case Step::square: values.push_back(he.square(left)); break;
      case Step::relinearize: values.push_back(he.relinearize(left)); break;
      case Step::rescale: values.push_back(he.rescale(left)); break;
      case Step::multiply_scalar:
        values.push_back(he.multiply_scalar(left, operation.scalar));
        break;
      case Step::add_scalar: values.push_back(he.add_scalar(left, operation.scalar)); break;
      case Step::multiply_integer:
        values.push_back(he.multiply_integer(left, operation.integer, operation.carried));
        break;
      case Step::negate: values.push_back(he.negate(left)); break;
      case Step::add: values.push_back(he.add(left, right)); break;
      case Step::sub: values.push_back(he.sub(left, right)); break;
      case Step::drop: values.push_back(he.drop(left, operation.integer)); break;
      case Step::refresh:
        // Numbers have nothing to refresh; of all else the plan was refused. An input was made
        // smaller for it.
        values.push_back(operation.scalar > 0 ? he.multiply_scalar(left, operation.scalar) : left);
        break;
    }
  }
  return std::move(values.back());
}

// A library that keeps scales by itself cannot read a factor off the scale: a scalar product for
// the range, and one for the factor of the output, unless additions do.
template <class Backend, class Plan>
int directly_required_levels(const Plan& plan) {
  if (has_no_levels<Backend>::value) return plan.levels;
  const bool divides = whole_factor(1 / plan.output_scale_factor) == 0;
  return plan.levels + (plan.half_width == 1 ? 0 : 1) + (divides ? 1 : 0);
}

template <class Backend, class Plan, class... Input>
typename Backend::Ciphertext evaluate_directly(Backend& he, const Plan& plan,
                                               const Input&... inputs) {
  check_operands(he, inputs...);
  const int needed = directly_required_levels<Backend>(plan);
  for (const int left : {he.level(inputs)...}) {
    if (left < needed) throw not_enough_levels(plan.name, needed, left);
  }
  DirectEvaluator<Backend> evaluator(he);
  const typename Backend::Ciphertext result = plan.run(evaluator, inputs...);
  if (plan.output_scale_factor == 1) return result;
  const double factor = 1 / plan.output_scale_factor;
  if (const int whole = whole_factor(factor)) return evaluator.multiply_integer(result, whole);
  return evaluator.multiply_scalar(result, factor);
}

}  // namespace detail
}  // namespace equiripple
