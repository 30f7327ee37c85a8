// Each power and each link as one sum of the builder.
#include "emit/plan/shape_program.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace equiripple {
namespace {

class Writer {
 public:
  Writer(ProgramBuilder& builder, const Shape& shape, const ShapeScalars& scalars,
         const ShapeInputs& inputs)
      : builder_(builder), shape_(shape), scalars_(scalars), inputs_(inputs) {}

  int result() { return *operand(shape_.operand_of_link(0)); }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  // None for a link that has become a constant.
  std::optional<int> operand(Operand which) {
    const auto known = made_.find(which);
    if (known != made_.end()) return known->second;
    const auto value = shape_.is_link(which)
                           ? link(which - static_cast<int>(shape_.powers.size()))
                           : std::optional<int>(power(shape_.powers[at(which)]));
    made_[which] = value;
    return value;
  }

  int power(const ShapePower& power) {
    const std::string name = name_of(power);
    if (power.larger == no_operand) return power.times_x ? x_times_variable(name) : inputs_.variable;
    const bool is_shared = inputs_.known != nullptr && !power.times_x && is_chebyshev(power);
    if (!is_shared) return new_power(power, name);
    const int degree = power.degree * inputs_.stride;
    const auto known = inputs_.known->find(degree);
    if (known != inputs_.known->end()) return known->second;
    return (*inputs_.known)[degree] = new_power(power, name);
  }

  int new_power(const ShapePower& power, const std::string& name) {
    const int larger = *operand(power.larger);
    const int smaller = *operand(power.smaller);
    const bool square = power.larger == power.smaller;
    const bool doubled = square || power.difference != no_operand;
    Sum sum{.products = {{larger, smaller, doubled ? 2 : 1}}, .scaled = {}, .constant = 0};
    if (square) sum.constant = -1;
    if (power.difference != no_operand) sum.scaled.push_back({-1, *operand(power.difference)});
    return builder_.sum(sum, name);
  }

  int x_times_variable(const std::string& name) {
    const bool is_sign = abs(scalars_.leading) == 1;
    int x = inputs_.x;
    if (!is_sign) {
      x = builder_.sum({.products = {}, .scaled = {{scalars_.leading, x}}, .constant = 0},
                       inputs_.prefix + "leading_x");
    }
    const int sign = is_sign && scalars_.leading < 0 ? -1 : 1;
    return builder_.sum({.products = {{x, inputs_.variable, sign}}, .scaled = {}, .constant = 0},
                        name);
  }

  // "t5" for T_5, "p5" for a bare product of degree 5; "x_" for those times x.
  std::string name_of(const ShapePower& power) const {
    return fmt::format("{}{}{}{}", inputs_.prefix, power.times_x ? "x_" : "",
                       is_chebyshev(power) ? "t" : "p", power.degree);
  }

  bool is_chebyshev(const ShapePower& power) const {
    if (power.larger == no_operand) return true;
    if (power.larger != power.smaller && power.difference == no_operand) return false;
    return is_chebyshev(shape_.powers[at(power.larger)]) &&
           is_chebyshev(shape_.powers[at(power.smaller)]);
  }

  std::optional<int> link(int number) {
    const ShapeLink& link = shape_.links[at(number)];
    const LinkScalars& scalars = scalars_.links[at(number)];
    const std::string name =
        number == 0 ? inputs_.name : fmt::format("{}_w{}", inputs_.name, link.degree);
    Sum sum{.products = {}, .scaled = {}, .constant = scalars.constant};
    for (std::size_t p = 0; p < link.products.size(); ++p) {
      add_product(link.products[p], scalars.products[p], name, sum);
    }
    scale(link.scaled, scalars.scaled, sum);
    if (number == 0) {
      sum.scaled.insert(sum.scaled.end(), inputs_.added.begin(), inputs_.added.end());
    }
    if (sum.products.empty() && sum.scaled.empty()) return std::nullopt;
    return builder_.sum(sum, name);
  }

  void scale(const std::vector<Operand>& operands, const std::vector<Rational>& scalars,
             Sum& sum) {
    for (std::size_t k = 0; k < operands.size(); ++k) scale(operands[k], scalars[k], sum);
  }

  void scale(Operand which, const Rational& scalar, Sum& sum) {
    if (scalar == 0 && !inputs_.keep_zeros) return;
    const auto value = operand(which);
    if (value) {
      sum.scaled.push_back({scalar, *value});
    } else {
      sum.constant += Rational(to_double(scalar * constant_of(which)));
    }
  }

  const Rational& constant_of(Operand link) const {
    return scalars_.links[at(link - static_cast<int>(shape_.powers.size()))].constant;
  }

  void add_product(const ShapeProduct& product, const ProductScalars& scalars,
                   const std::string& name, Sum& sum) {
    const auto second = second_factor(product, scalars, name);
    if (!second) {
      // A link that is a constant: its product is a sum of multiples.
      if (product.scaled || !shape_.is_link(product.second)) return;
      const Rational& constant = constant_of(product.second);
      scale(product.first, constant, sum);
      for (std::size_t k = 0; k < product.added.size(); ++k) {
        scale(product.added[k], Rational(to_double(constant * scalars.added[k])), sum);
      }
      return;
    }
    int first = *operand(product.first);
    Sum added;
    scale(product.added, scalars.added, added);
    if (!added.scaled.empty()) {
      const std::string sum_name = fmt::format("{}_addend_{}", name, builder_.next_number());
      first = builder_.add(first, builder_.sum(added, sum_name),
                           fmt::format("{}_multiplier_{}", name, builder_.next_number()));
    }
    sum.products.push_back({*second, first});
  }

  std::optional<int> second_factor(const ShapeProduct& product, const ProductScalars& scalars,
                                   const std::string& name) {
    if (!product.scaled) return operand(product.second);
    Sum block;
    scale(product.second, scalars.second, block);
    scale(product.lower, scalars.lower, block);
    if (block.scaled.empty()) return std::nullopt;
    return builder_.sum(block, fmt::format("{}_block_{}", name, builder_.next_number()));
  }

  ProgramBuilder& builder_;
  const Shape& shape_;
  const ShapeScalars& scalars_;
  const ShapeInputs& inputs_;
  std::map<Operand, std::optional<int>> made_;
};

}  // namespace

int shape_value(ProgramBuilder& builder, const Shape& shape, const ShapeScalars& scalars,
                const ShapeInputs& inputs) {
  return Writer(builder, shape, scalars, inputs).result();
}

}  // namespace equiripple
