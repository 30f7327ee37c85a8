// Which links are multiplied, and what becomes of the scalars.
#include "emit/plan/multiplied_scalars.hpp"

#include <vector>

namespace equiripple {
namespace {

class Multiplier {
 public:
  Multiplier(const Shape& shape, const Rational& factor)
      : shape_(shape),
        factor_(factor),
        multiplied_(static_cast<std::size_t>(shape.operands()), false) {}

  // Links come before those below them. False where the products do not allow it.
  bool spread() {
    multiplied_[shape_.powers.size()] = true;
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      for (const ShapeProduct& made : shape_.links[i].products) {
        if (!made.scaled && is_multiplied(i) && !reaches(made)) return false;
      }
    }
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      for (const ShapeProduct& made : shape_.links[i].products) {
        if (!made.scaled &&
            number(made.first) + number(made.second) != (is_multiplied(i) ? 1 : 0)) {
          return false;
        }
      }
    }
    return true;
  }

  void apply(ShapeScalars& scalars) const {
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      const ShapeLink& link = shape_.links[i];
      LinkScalars& own = scalars.links[i];
      const int wanted = is_multiplied(i) ? 1 : 0;
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        const ShapeProduct& made = link.products[p];
        ProductScalars& of = own.products[p];
        const int first = number(made.first);
        multiply(made.added, of.added, first);
        if (made.scaled) multiply(of.second, wanted - first - number(made.second));
        multiply(made.lower, of.lower, wanted - first);
      }
      multiply(link.scaled, own.scaled, wanted);
      multiply(own.constant, wanted);
    }
  }

 private:
  bool is_multiplied(std::size_t link) const { return multiplied_[shape_.powers.size() + link]; }

  // How many times the operand has the factor.
  int number(Operand operand) const {
    return multiplied_[static_cast<std::size_t>(operand)] ? 1 : 0;
  }

  // Whether the product is multiplied, or a link of it can be.
  bool reaches(const ShapeProduct& made) {
    if (number(made.first) + number(made.second) > 0) return true;
    const Operand link = shape_.is_link(made.second) ? made.second : made.first;
    multiplied_[static_cast<std::size_t>(link)] = true;
    return shape_.is_link(link);
  }

  void multiply(const std::vector<Operand>& operands, std::vector<Rational>& scalars,
                int times) const {
    for (std::size_t k = 0; k < operands.size(); ++k) {
      multiply(scalars[k], times - number(operands[k]));
    }
  }

  void multiply(Rational& scalar, int times) const {
    if (times == 0) return;
    for (; times > 0; --times) scalar *= factor_;
    for (; times < 0; ++times) scalar /= factor_;
    scalar = Rational(to_double(scalar));
  }

  const Shape& shape_;
  const Rational& factor_;
  std::vector<bool> multiplied_;  // operands
};

}  // namespace

std::optional<ShapeScalars> multiplied(const Shape& shape, ShapeScalars scalars,
                                       const Rational& factor) {
  Multiplier multiplier(shape, factor);
  if (!multiplier.spread()) return std::nullopt;
  multiplier.apply(scalars);
  return scalars;
}

}  // namespace equiripple
