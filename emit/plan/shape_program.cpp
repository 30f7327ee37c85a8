// Each power and each link as one sum of the builder.
#include "emit/plan/shape_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "emit/plan/power_set.hpp"

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
    const auto value = shape_.is_link(which) ? link(which - static_cast<int>(shape_.powers.size()))
                                             : std::optional<int>(power(shape_.powers[at(which)]));
    made_[which] = value;
    return value;
  }

  int power(const ShapePower& power) {
    const std::string name = name_of(power);
    if (power.larger == no_operand)
      return power.times_x ? x_times_variable(name) : inputs_.variable;
    const bool is_shared = inputs_.known != nullptr && !power.times_x && is_chebyshev(power);
    if (!is_shared) return new_power(power, name);
    const int degree = power.degree * inputs_.stride;
    const auto known = inputs_.known->find(degree);
    if (known != inputs_.known->end()) return known->second;
    return (*inputs_.known)[degree] = new_power(power, name);
  }

  int new_power(const ShapePower& power, const std::string& name) {
    return builder_.sum(sum_of(power), name);
  }

  Sum sum_of(const ShapePower& power) {
    const int larger = *operand(power.larger);
    const int smaller = *operand(power.smaller);
    const bool square = power.larger == power.smaller;
    const bool doubled = square || power.difference != no_operand;
    Sum sum{.products = {{larger, smaller, doubled ? 2 : 1}}, .scaled = {}, .constant = 0};
    if (square) sum.constant = -1;
    if (power.difference != no_operand) sum.scaled.push_back({-1, *operand(power.difference)});
    return sum;
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
    const std::string name = number == 0 ? inputs_.name : name_of_link(number);
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

  // "w15"; in a tree, where there are several of that degree, with what it is multiplied by:
  // "w15_64"; in a chain, where that is nothing, with the link's number as well: "w8_0_3".
  std::string name_of_link(int number) const {
    const ShapeLink& link = shape_.links[at(number)];
    const auto of_degree = std::ranges::count(shape_.links, link.degree, &ShapeLink::degree);
    const std::string name = fmt::format("{}_w{}", inputs_.name, link.degree);
    if (of_degree == 1) return name;
    const auto alike = std::ranges::count_if(shape_.links, [&](const ShapeLink& other) {
      return other.degree == link.degree && other.offset == link.offset;
    });
    const std::string in_tree = fmt::format("{}_{}", name, link.offset);
    return alike == 1 ? in_tree : fmt::format("{}_{}", in_tree, number);
  }

  void scale(const std::vector<Operand>& operands, const std::vector<Rational>& scalars, Sum& sum) {
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
                   const std::string& link, Sum& sum) {
    const auto second = second_factor(product, scalars, link);
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
    const int integer = product.doubled && !product.scaled ? 2 : 1;
    sum.products.push_back({*second, first_factor(product, scalars, link), integer});
  }

  // Where nothing else uses the power, what is added to it is rescaled with it.
  int first_factor(const ShapeProduct& product, const ProductScalars& scalars,
                   const std::string& link) {
    const std::string multiplier = link + "_multiplier_";
    if (is_used_once(product.first)) {
      const ShapePower& power = shape_.powers[at(product.first)];
      Sum sum = sum_of(power);
      const std::size_t own = sum.scaled.size();
      scale(product.added, scalars.added, sum);
      const bool is_alone = sum.scaled.size() == own;
      return builder_.sum(
          sum, is_alone ? name_of(power) : multiplier + std::to_string(builder_.next_number()));
    }
    const int first = *operand(product.first);
    Sum added{.products = {}, .scaled = {}, .constant = 0};
    scale(product.added, scalars.added, added);
    if (added.scaled.empty()) return first;
    const std::string addend = fmt::format("{}_addend_{}", link, builder_.next_number());
    return builder_.add(first, builder_.sum(added, addend),
                        multiplier + std::to_string(builder_.next_number()));
  }

  // A power that is made, and for this shape alone.
  bool is_used_once(Operand which) const {
    if (shape_.is_link(which) || inputs_.known != nullptr) return false;
    return shape_.powers[at(which)].larger != no_operand && uses_of(which) == 1;
  }

  int uses_of(Operand which) const {
    int uses = 0;
    const auto use = [&](Operand operand) { uses += operand == which ? 1 : 0; };
    const auto use_scaled = [&](const std::vector<Operand>& list,
                                const std::vector<Rational>& scalars) {
      for (std::size_t k = 0; k < list.size(); ++k) {
        if (scalars[k] != 0 || inputs_.keep_zeros) use(list[k]);
      }
    };
    for (const ShapePower& power : shape_.powers) {
      use(power.larger);
      use(power.smaller);
      use(power.difference);
    }
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      const LinkScalars& scalars = scalars_.links[i];
      for (std::size_t p = 0; p < shape_.links[i].products.size(); ++p) {
        const ShapeProduct& made = shape_.links[i].products[p];
        use(made.first);
        use(made.second);
        use_scaled(made.lower, scalars.products[p].lower);
        use_scaled(made.added, scalars.products[p].added);
      }
      use_scaled(shape_.links[i].scaled, scalars.scaled);
    }
    return uses;
  }

  std::optional<int> second_factor(const ShapeProduct& product, const ProductScalars& scalars,
                                   const std::string& link) {
    if (!product.scaled) return operand(product.second);
    Sum block{.products = {}, .scaled = {}, .constant = 0};
    scale(product.second, scalars.second, block);
    scale(product.lower, scalars.lower, block);
    if (block.scaled.empty()) return std::nullopt;
    return builder_.sum(block, fmt::format("{}_block_{}", link, builder_.next_number()));
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
