// A function as steps from its input to its result: polynomials, squares, products, affine maps,
// refreshes, sums.
//
// Values are numbered: 0 is the input x, i the result of step i, counted from 1; the last is the
// function. Sign is polynomials in a row, exp on a wide range a polynomial that is squared again
// and again.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/chebyshev.hpp"

namespace equiripple {

enum class StepOperation : unsigned char {
  polynomial,  // of `left`
  square,      // of `left`
  product,     // of `left` and `right`
  affine,      // scale * left + offset
  refresh,     // `left`, up to noise: bootstrapped
  sum,         // of `left` and `right`
};

/// As files call it.
[[nodiscard]] const char* name_of(StepOperation operation);
[[nodiscard]] std::optional<StepOperation> step_operation(const std::string& name);
/// Whether it reads `right` as well.
[[nodiscard]] bool reads_two(StepOperation operation);

struct Step {
  StepOperation operation = StepOperation::polynomial;
  int left = 0;         // a value: 0 the input, i the result of step i
  int right = 0;        // of product and sum: likewise
  int polynomial = 0;   // of polynomial: its index, from 0
  Rational scale = 1;   // of affine: binary64
  Rational offset = 0;  // likewise
  Rational noise{};     // of refresh: at most this is added to `left`, scaled to [-1, 1]; binary64

  bool operator==(const Step& other) const = default;
};

using Steps = std::vector<Step>;

inline constexpr std::size_t most_steps = 100;  // chosen: far above every function

/// p_count(...p_1(x)).
[[nodiscard]] Steps chain_of(std::size_t count);

/// With so many squares after the last value.
[[nodiscard]] Steps with_squares(Steps steps, int squares);

/// With an affine map after the last value.
[[nodiscard]] Steps with_affine(Steps steps, const Rational& scale, const Rational& offset);

/// p_count(...p_1(x)), each polynomial of which `noise` is above 0 refreshed before; as many
/// numbers as polynomials.
[[nodiscard]] Steps refreshed_chain(const std::vector<Rational>& noise);

/// With a refresh of the last value.
[[nodiscard]] Steps with_refresh(Steps steps, const Rational& noise);

/// Of a chain of polynomials and refreshes, and perhaps an affine map after it: the noise before
/// each polynomial, 0 where there is none; where the last value is refreshed, for what follows the
/// steps, one number more. Empty where the steps are no such chain, or refresh nothing.
[[nodiscard]] std::vector<Rational> noise_of_chain(const Steps& steps);

/// The same function without its refreshes.
[[nodiscard]] Steps without_refreshes(const Steps& steps);

/// With so many doublings of the angle of a cosine, v -> 2 v^2 - 1, after the last value.
[[nodiscard]] Steps with_doublings(Steps steps, int doublings);

/// With a polynomial, the next one, of the last value.
[[nodiscard]] Steps with_polynomial(Steps steps);

/// The steps up to the value that the polynomial `index`, from 0, reads; empty where it reads the
/// input.
[[nodiscard]] Steps steps_before(const Steps& steps, std::size_t index);

/// Whether the polynomial `index`, from 1, reads the value of the one before.
[[nodiscard]] bool follows_directly(const Steps& steps, std::size_t index);

/// How many steps at the beginning are a chain of polynomials, each of the value before.
[[nodiscard]] std::size_t chain_length(const Steps& steps);

/// How many squares stand at the end, each of the value before.
[[nodiscard]] int squares_at_end(const Steps& steps);

/// How many doublings of the angle stand at the end, each of the value before.
[[nodiscard]] int doublings_at_end(const Steps& steps);

/// The rules: values read are earlier ones, the polynomials 0, 1, ..., count - 1 are each used once
/// and in order, a result that is not the last is read. Empty where they hold.
[[nodiscard]] std::string defect_of_steps(const Steps& steps, std::size_t count);

/// Walks the steps: `map` has polynomial(index, value), square(value), product(value, value),
/// sum(value, value) and affine(step, value); a refresh leaves its value as it is. All values, the
/// input first.
template <class Value, class Map>
[[nodiscard]] std::vector<Value> values_of(const Steps& steps, Value input, const Map& map) {
  std::vector<Value> values{std::move(input)};
  values.reserve(steps.size() + 1);
  for (const Step& step : steps) {
    const Value& left = values[static_cast<std::size_t>(step.left)];
    switch (step.operation) {
      case StepOperation::polynomial:
        values.push_back(map.polynomial(static_cast<std::size_t>(step.polynomial), left));
        break;
      case StepOperation::square: values.push_back(map.square(left)); break;
      case StepOperation::product:
        values.push_back(map.product(left, values[static_cast<std::size_t>(step.right)]));
        break;
      case StepOperation::affine: values.push_back(map.affine(step, left)); break;
      case StepOperation::refresh: values.push_back(Value(left)); break;
      case StepOperation::sum:
        values.push_back(map.sum(left, values[static_cast<std::size_t>(step.right)]));
        break;
    }
  }
  return values;
}

/// The function on one rung.
template <class T>
class StepEvaluator {
 public:
  StepEvaluator(Steps steps, const std::vector<ChebyshevSeries>& polynomials)
      : steps_(std::move(steps)), map_{{polynomials.begin(), polynomials.end()}} {}

  T operator()(const T& x) const { return values_of<T>(steps_, x, map_).back(); }

 private:
  struct Map {
    std::vector<SeriesEvaluator<T>> polynomials;

    T polynomial(std::size_t index, const T& x) const { return polynomials[index](x); }
    T square(const T& x) const { return T(x * x); }
    T product(const T& x, const T& y) const { return T(x * y); }
    T sum(const T& x, const T& y) const { return T(x + y); }
    T affine(const Step& step, const T& x) const {
      return T(from_rational<T>(step.scale) * x + from_rational<T>(step.offset));
    }
  };

  Steps steps_;
  Map map_;
};

}  // namespace equiripple
