// Operations as they come, for numbers and for libraries that keep scales by themselves.
#pragma once

#include "backend.hpp"
#include "errors.hpp"

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

// A library that keeps scales by itself cannot read a factor off the scale: a scalar product for
// the range, and one for the factor of the output.
template <class Plan, class Backend>
int directly_required_levels() {
  if (has_no_levels<Backend>::value) return Plan::levels;
  return Plan::levels + (Plan::half_width == 1 ? 0 : 1) + (Plan::output_scale_factor == 1 ? 0 : 1);
}

template <class Plan, class Backend, class... Input>
typename Backend::Ciphertext evaluate_directly(Backend& he, const Input&... inputs) {
  check_operands(he, inputs...);
  const int needed = directly_required_levels<Plan, Backend>();
  for (const int left : {he.level(inputs)...}) {
    if (left < needed) throw not_enough_levels(Plan::name, needed, left);
  }
  DirectEvaluator<Backend> evaluator(he);
  const typename Backend::Ciphertext result = Plan::run(evaluator, inputs...);
  if (Plan::output_scale_factor == 1) return result;
  return evaluator.multiply_scalar(result, 1 / Plan::output_scale_factor);
}

}  // namespace detail
}  // namespace equiripple
