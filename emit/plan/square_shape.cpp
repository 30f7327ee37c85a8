// The result is a link above those of q; its products are chosen by the degrees that they add.
#include "emit/plan/square_shape.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "emit/plan/least_scalars.hpp"
#include "emit/plan/shape_model.hpp"
#include "emit/plan/shape_table.hpp"
#include "generator/numbers/extended.hpp"
#include "generator/series_product.hpp"

namespace equiripple {
namespace {

constexpr int lowest_degree = 8;       // chosen: below nothing is gained
constexpr long lost_log2 = 20;         // of a root whose scalars would be too large; chosen
constexpr long negligible_log2 = -44;  // of the coefficients' sum; chosen: as trials allow

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// What q may be multiplied by, or by whose multiples r is a sum.
struct Value {
  Operand operand;
  int degree;
  int depth;
};

class Composer {
 public:
  Composer(const Shape& root, int levels)
      : levels_(levels), powers_(static_cast<int>(root.powers.size())) {
    shape_.degree = 2 * root.degree;
    shape_.powers = root.powers;
    shape_.links.push_back({.degree = shape_.degree, .depth = levels});
    for (ShapeLink link : root.links) {
      link.offset += root.degree;
      for (ShapeProduct& made : link.products) {
        raise(made.first);
        raise(made.second);
        raise(made.lower);
        raise(made.added);
      }
      raise(link.scaled);
      shape_.links.push_back(std::move(link));
    }
    const Operand q = shape_.operand_of_link(1);
    result().products.push_back({.first = q, .second = q, .scaled = false});
    for (int k = 0; k < powers_; ++k) {
      const ShapePower& power = shape_.powers[at(k)];
      values_.push_back({k, power.degree, power.depth});
    }
    for (std::size_t i = 2; i < shape_.links.size(); ++i) {
      const ShapeLink& link = shape_.links[i];
      values_.push_back({shape_.operand_of_link(static_cast<int>(i)), link.degree, link.depth});
    }
  }

  // Slots for every degree from 1 on; false where products have not all of them.
  bool settle(int rest_degree) {
    slots_.resize(at(rest_degree) + 1);
    for (const Value& value : values_) {
      if (value.degree > rest_degree || value.depth > levels_ - 1) continue;
      if (slots_[at(value.degree)].is_settled) continue;
      slots_[at(value.degree)] = {.is_settled = true, .value = value.operand};
      result().scaled.push_back(value.operand);
    }
    while (true) {  // the factor that adds the most degrees
      const Value* best = nullptr;
      std::vector<Value> most;
      for (const Value& first : values_) {
        std::vector<Value> added = added_by(first);
        if (added.size() > most.size()) {
          best = &first;
          most = std::move(added);
        }
      }
      if (best == nullptr) break;
      ShapeProduct made{.first = best->operand, .second = most.front().operand};
      for (std::size_t k = 0; k < most.size(); ++k) {
        if (k > 0) made.lower.push_back(most[k].operand);
        slots_[at(best->degree + most[k].degree)] = {
            .is_settled = true, .value = most[k].operand, .first = best->operand};
      }
      result().products.push_back(std::move(made));
    }
    return std::ranges::all_of(slots_.begin() + 1, slots_.end(), &RestSlot::is_settled);
  }

  // r's scalars, from the top degree down.
  ShapeScalars scalars(const ShapeScalars& root, const std::vector<Rational>& coefficients) {
    ShapeScalars all{.links = {{}}, .largest = root.largest};
    all.links.insert(all.links.end(), root.links.begin(), root.links.end());
    LinkScalars& own = all.links.front();
    for (const ShapeProduct& made : result().products) {
      own.products.push_back({.second = made.scaled ? 0 : 1,
                              .lower = std::vector<Rational>(made.lower.size()),
                              .added = {}});
    }
    own.scaled.resize(result().scaled.size());
    ShapeModel<Extended> model(shape_, 1);
    std::vector<Extended> rest = model.evaluate(listed_scalars(shape_, all));
    for (std::size_t k = 0; k < rest.size(); ++k) {
      const Rational c = k < coefficients.size() ? coefficients[k] : Rational(0);
      rest[k] = Extended(to_double(c)) - rest[k];
    }
    for (std::size_t d = slots_.size(); d-- > 1;) {
      const RestSlot& slot = slots_[d];
      std::vector<Extended> unit = model.value(slot.value);
      if (slot.first != no_operand) unit = product(model.value(slot.first), unit, rest.size());
      const auto scalar = static_cast<double>(rest[d] / unit[d]);
      for (std::size_t k = 0; k < rest.size(); ++k) rest[k] -= Extended(scalar) * unit[k];
      place(slot, own) = Rational(scalar);
      all.largest = std::max(all.largest, Rational(abs(Rational(scalar))));
    }
    own.constant = Rational(static_cast<double>(rest.front()));
    return all;
  }

  Shape take() { return std::move(shape_); }

 private:
  struct RestSlot {
    bool is_settled = false;
    Operand value = no_operand;
    Operand first = no_operand;  // that multiplies it; none: a multiple
  };

  ShapeLink& result() { return shape_.links.front(); }

  void raise(Operand& operand) const { operand += operand >= powers_ ? 1 : 0; }
  void raise(std::vector<Operand>& operands) const {
    for (Operand& operand : operands) raise(operand);
  }

  // The values that this one times makes a degree without a slot, highest first; one a degree.
  std::vector<Value> added_by(const Value& first) const {
    std::vector<Value> added;
    if (first.depth > levels_ - 1) return added;
    for (const Value& value : values_) {
      const int degree = first.degree + value.degree;
      const bool is_new = degree < static_cast<int>(slots_.size()) &&
                          !slots_[at(degree)].is_settled && value.depth <= levels_ - 2 &&
                          std::ranges::find(added, value.degree, &Value::degree) == added.end();
      if (is_new) added.push_back(value);
    }
    std::ranges::stable_sort(added, std::ranges::greater(), &Value::degree);
    return added;
  }

  Rational& place(const RestSlot& slot, LinkScalars& own) {
    const ShapeLink& link = result();
    if (slot.first == no_operand) {
      return own.scaled[at(
          static_cast<int>(std::ranges::find(link.scaled, slot.value) - link.scaled.begin()))];
    }
    std::size_t p = 1;
    while (link.products[p].first != slot.first) ++p;
    const ShapeProduct& made = link.products[p];
    if (made.second == slot.value) return own.products[p].second;
    return own.products[p].lower[at(
        static_cast<int>(std::ranges::find(made.lower, slot.value) - made.lower.begin()))];
  }

  int levels_;
  int powers_;
  Shape shape_{};
  std::vector<Value> values_{};  // but for q and p
  std::vector<RestSlot> slots_{};
};

struct SquareParts {
  std::vector<Rational> root;  // of q; binary64
  int rest_degree = 0;
};

// None where p is no such series.
std::optional<SquareParts> square_parts(const std::vector<Rational>& coefficients) {
  using Number = Real<256>;
  const int degree = static_cast<int>(coefficients.size()) - 1;
  if (degree < lowest_degree || degree % 2 != 0 || coefficients.back() <= 0) return std::nullopt;
  const int half = degree / 2;
  std::vector<Number> p;
  for (const Rational& c : coefficients) p.push_back(from_rational<Number>(c));
  Rational size = 0;
  for (const Rational& c : coefficients) size += abs(c);
  const auto limit = from_rational<Number>((size + 1) * power_of_two(lost_log2));
  std::vector<Number> q(at(half) + 1);
  q.back() = real_sqrt(Number(2 * p.back()));
  for (int k = half - 1; k >= 0; --k) {
    // 2 q_half q_k, or q_half q_k with the two halves of T_half T_k, are what is left of p there.
    Number rest = p[at(half + k)];
    for (int i = k + 1; i < half; ++i) rest -= q[at(i)] * q[at(half + k - i)] / 2;
    q[at(k)] = rest / (k == 0 ? Number(2 * q.back()) : q.back());
    if (real_abs(q[at(k)]) > limit) return std::nullopt;
  }
  SquareParts parts;
  for (const Number& c : q) parts.root.push_back(Rational(to_double(to_rational(c))));
  const std::vector<Number> squared = product(q, q);
  for (int k = 0; k < half; ++k) {
    const Rational rest = to_rational(Number(p[at(k)] - squared[at(k)]));
    if (abs(rest) > size * power_of_two(negligible_log2)) parts.rest_degree = k;
  }
  if (4 * parts.rest_degree > 3 * half) return std::nullopt;
  return parts;
}

}  // namespace

std::vector<SquareShape> square_shapes_of(const std::vector<Rational>& coefficients, int levels) {
  constexpr int key_switches_a_level = 2;  // chosen: no q is known to need more
  std::vector<SquareShape> squares;
  const auto parts = square_parts(coefficients);
  if (!parts) return squares;
  const ShapeRequest root{.degree = static_cast<int>(parts->root.size()) - 1, .levels = levels - 1};
  const int most = key_switches_a_level * levels;
  for (int switches = root.levels; switches <= most && squares.empty(); ++switches) {
    for (const std::vector<Shape>& shapes : shapes_of(root, switches)) {
      for (const Shape& shape : shapes) {
        const auto scalars = scalars_of(shape, parts->root);
        Composer composer(shape, levels);
        if (!scalars || !composer.settle(parts->rest_degree)) continue;
        ShapeScalars all = composer.scalars(*scalars, coefficients);
        squares.push_back({composer.take(), std::move(all)});
      }
    }
  }
  return squares;
}

}  // namespace equiripple
