// Every operand is kept as a Chebyshev series; what a scalar adds to one link is passed on to all
// links above that use it.
#include "emit/plan/scalars.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "generator/numbers/dyadic.hpp"

namespace equiripple {
namespace {

// Of T_k. A degree may come more than once.
using Terms = std::vector<std::pair<int, Dyadic>>;
using Dense = std::vector<Dyadic>;

void add_to(Dense& sum, const Terms& terms) {
  for (const auto& [k, c] : terms) sum[static_cast<std::size_t>(k)] += c;
}

Terms terms_of(const Dense& dense) {
  Terms terms;
  for (std::size_t k = 0; k < dense.size(); ++k) {
    if (!dense[k].is_zero()) terms.push_back({static_cast<int>(k), dense[k]});
  }
  return terms;
}

Terms multiple(Terms terms, const Dyadic& factor) {
  for (auto& [k, c] : terms) c *= factor;
  return terms;
}

Terms product(const Terms& a, const Terms& b) {
  Terms c;
  c.reserve(2 * a.size() * b.size());
  for (const auto& [j, y] : b) {
    const Dyadic half = y.half();
    for (const auto& [i, x] : a) {
      const Dyadic term = x * half;
      c.push_back({i + j, term});
      c.push_back({std::abs(i - j), term});
    }
  }
  return c;
}

Dyadic coefficient(const Terms& terms, int degree) {
  Dyadic sum;
  for (const auto& [k, c] : terms) {
    if (k == degree) sum += c;
  }
  return sum;
}

void append(Terms& sum, const Terms& terms) { sum.insert(sum.end(), terms.begin(), terms.end()); }

class Solver {
 public:
  Solver(const Shape& shape, const std::vector<Rational>& coefficients)
      : shape_(shape), coefficients_(coefficients.begin(), coefficients.end()) {
    for (const ShapeLink& link : shape.links) {
      LinkScalars& scalars = result_.links.emplace_back();
      scalars.scaled.resize(link.scaled.size());
      for (const ShapeProduct& made : link.products) {
        scalars.products.push_back({.second = made.scaled ? Rational(0) : Rational(1),
                                    .lower = std::vector<Rational>(made.lower.size()),
                                    .added = std::vector<Rational>(made.added.size())});
      }
    }
    constexpr double lost = 0x1p+30;  // chosen: nothing is left of a ciphertext's digits
    Rational largest = 1;
    for (const Rational& c : coefficients) largest = std::max(largest, Rational(abs(c)));
    hopeless_ = lost * to_double(largest);
    values_.resize(static_cast<std::size_t>(shape.operands()), Dense(coefficients.size()));
    set_powers();
  }

  std::optional<ShapeScalars> run(const std::optional<Rational>& leading) {
    if (shape_.leading_in_x && !settle_leading(leading)) return std::nullopt;
    for (const Slot& slot : shape_.slots) {
      if (!settle(slot)) return std::nullopt;
    }
    result_.links.front().constant =
        Rational(quotient(coefficients_.front() - result()[0], Dyadic(1)));
    return std::move(result_);
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  Terms value(Operand operand) const { return terms_of(values_[at(operand)]); }
  const Dense& result() const { return values_[shape_.powers.size()]; }

  void set_powers() {
    for (std::size_t k = 0; k < shape_.powers.size(); ++k) {
      const ShapePower& power = shape_.powers[k];
      Dense& made = values_[k];
      if (power.larger == no_operand) {
        made[1] = 1;
        continue;
      }
      add_to(made, product(value(power.larger), value(power.smaller)));
      const bool square = power.larger == power.smaller;
      if (!square && power.difference == no_operand) continue;
      for (Dyadic& c : made) c *= 2;
      if (square) {
        made[0] -= 1;
      } else {
        add_to(made, multiple(value(power.difference), -1));
      }
    }
  }

  // x carries the coefficient that the leading product lacks.
  bool settle_leading(const std::optional<Rational>& given) {
    const int last = static_cast<int>(shape_.links.size()) - 1;
    const ShapeProduct& leading = shape_.links[at(last)].products.front();
    Terms unit = product(value(leading.first), value(leading.second));
    const Dyadic lead = in_result(last, coefficient(unit, shape_.links[at(last)].degree));
    const auto scalar = given ? given : rounded(coefficients_[at(shape_.degree)], lead);
    if (!scalar || *scalar == 0) return false;
    result_.leading = *scalar;
    for (std::size_t k = 0; k < shape_.powers.size(); ++k) {
      if (!shape_.powers[k].times_x) continue;
      for (Dyadic& c : values_[k]) c *= Dyadic(*scalar);
    }
    pass_on(last, multiple(std::move(unit), Dyadic(*scalar)));
    return true;
  }

  bool settle(const Slot& slot) {
    LinkScalars& link = result_.links[at(slot.link)];
    const ShapeLink& made = shape_.links[at(slot.link)];
    Terms unit;
    Rational* scalar = nullptr;
    switch (slot.role) {
      case SlotRole::constant:
        unit = {{0, 1}};
        scalar = &link.constant;
        break;
      case SlotRole::scaled:
        unit = value(made.scaled[at(slot.position)]);
        scalar = &link.scaled[at(slot.position)];
        break;
      case SlotRole::second:
        unit = product(first_factor(slot.link, slot.product),
                       value(made.products[at(slot.product)].second));
        scalar = &link.products[at(slot.product)].second;
        break;
      case SlotRole::lower:
        unit = product(first_factor(slot.link, slot.product),
                       value(made.products[at(slot.product)].lower[at(slot.position)]));
        scalar = &link.products[at(slot.product)].lower[at(slot.position)];
        break;
      case SlotRole::added:
        unit = product(value(made.products[at(slot.product)].added[at(slot.position)]),
                       second_factor(slot.link, slot.product));
        scalar = &link.products[at(slot.product)].added[at(slot.position)];
        break;
    }
    const Dyadic lacking = coefficients_[at(slot.degree)] - result()[at(slot.degree)];
    if (lacking.is_zero()) return true;
    const Dyadic lead = in_result(slot.link, coefficient(unit, slot.degree - made.offset),
                                  slot.degree == made.offset);
    const auto found = rounded(lacking, lead);
    if (!found) return false;
    *scalar = *found;
    pass_on(slot.link, multiple(std::move(unit), Dyadic(*found)));
    return true;
  }

  std::optional<Rational> rounded(const Dyadic& lacking, const Dyadic& lead) {
    if (lead.is_zero()) return std::nullopt;
    const double value = quotient(lacking, lead);
    if (!std::isfinite(value) || std::abs(value) > hopeless_) return std::nullopt;
    result_.largest = std::max(result_.largest, Rational(std::abs(value)));
    return Rational(value);
  }

  // What a top coefficient of a link becomes in the result: T_a T_b begins with T_{a+b} / 2.
  Dyadic in_result(int link, Dyadic top, bool is_constant = false) const {
    for (int below = link; below > 0;) {
      const auto [above, multiplier] = parent_of(below);
      top *= values_[at(multiplier)][at(shape_.powers[at(multiplier)].degree)];
      if (!is_constant) top = top.half();
      is_constant = false;
      below = above;
    }
    return top;
  }

  std::pair<int, Operand> parent_of(int link) const {
    const Operand operand = shape_.operand_of_link(link);
    for (int above = 0; above < link; ++above) {
      for (const ShapeProduct& made : shape_.links[at(above)].products) {
        if (made.second == operand && !made.scaled) return {above, made.first};
      }
    }
    return {0, no_operand};
  }

  Terms first_factor(int link, int number) const {
    const ShapeProduct& made = shape_.links[at(link)].products[at(number)];
    const ProductScalars& scalars = result_.links[at(link)].products[at(number)];
    Terms sum = value(made.first);
    for (std::size_t k = 0; k < made.added.size(); ++k) {
      if (scalars.added[k] != 0)
        append(sum, multiple(value(made.added[k]), Dyadic(scalars.added[k])));
    }
    return sum;
  }

  Terms second_factor(int link, int number) const {
    const ShapeProduct& made = shape_.links[at(link)].products[at(number)];
    const ProductScalars& scalars = result_.links[at(link)].products[at(number)];
    Terms sum;
    if (scalars.second != 0) append(sum, multiple(value(made.second), Dyadic(scalars.second)));
    for (std::size_t k = 0; k < made.lower.size(); ++k) {
      if (scalars.lower[k] != 0)
        append(sum, multiple(value(made.lower[k]), Dyadic(scalars.lower[k])));
    }
    return sum;
  }

  // `link` gains these terms, and with it all links above that use it.
  void pass_on(int link, const Terms& gain) {
    const Operand operand = shape_.operand_of_link(link);
    add_to(values_[at(operand)], gain);
    for (int above = 0; above < link; ++above) {
      const Terms passed = gain_above(above, operand, gain);
      if (!passed.empty()) pass_on(above, passed);
    }
  }

  // Only what holds the operand directly.
  Terms gain_above(int above, Operand operand, const Terms& gain) const {
    Terms sum;
    const ShapeLink& link = shape_.links[at(above)];
    const LinkScalars& scalars = result_.links[at(above)];
    for (std::size_t k = 0; k < link.scaled.size(); ++k) {
      if (link.scaled[k] == operand && scalars.scaled[k] != 0) {
        append(sum, multiple(gain, Dyadic(scalars.scaled[k])));
      }
    }
    for (std::size_t p = 0; p < link.products.size(); ++p) {
      const ShapeProduct& made = link.products[p];
      const ProductScalars& known = scalars.products[p];
      Rational in_first = made.first == operand ? 1 : 0;
      Rational in_second = made.second == operand ? known.second : Rational(0);
      for (std::size_t k = 0; k < made.added.size(); ++k) {
        if (made.added[k] == operand) in_first += known.added[k];
      }
      for (std::size_t k = 0; k < made.lower.size(); ++k) {
        if (made.lower[k] == operand) in_second += known.lower[k];
      }
      const int number = static_cast<int>(p);
      if (in_first != 0) {
        append(sum, multiple(product(gain, second_factor(above, number)), Dyadic(in_first)));
      }
      if (in_second != 0) {
        append(sum, multiple(product(gain, first_factor(above, number)), Dyadic(in_second)));
      }
    }
    if (sum.size() <= coefficients_.size()) return sum;
    Dense dense(coefficients_.size());
    add_to(dense, sum);
    return terms_of(dense);
  }

  const Shape& shape_;
  Dense coefficients_;
  ShapeScalars result_;
  std::vector<Dense> values_;
  double hopeless_ = 0;
};

}  // namespace

std::optional<ShapeScalars> scalars_of(const Shape& shape,
                                       const std::vector<Rational>& coefficients,
                                       const std::optional<Rational>& leading) {
  return Solver(shape, coefficients).run(leading);
}

}  // namespace equiripple
