// The result of a shape and its derivatives, as functions of the scalars.
//
// Its derivative by a link is a polynomial: the sum, over the uses of the link, of the derivative
// by the user times the cofactor.
#pragma once

#include <algorithm>
#include <vector>

#include "emit/plan/shape.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

/// The scalars come as a list: of each link, for each product that of second (where it has one),
/// lower and added, then scaled, then (where it has one) the constant.
template <class Number>
class ShapeModel {
 public:
  using Series = std::vector<Number>;  // of T_0, T_1, ...

  /// `leading` multiplies x.
  ShapeModel(const Shape& shape, const Rational& leading)
      : shape_(shape), size_(at(shape.degree) + 1) {
    for (const ShapePower& power : shape.powers) {
      Series value(size_);
      if (power.larger == no_operand) {
        value[1] = power.times_x ? static_cast<Number>(to_double(leading)) : 1;
      } else {
        multiply(values_[at(power.larger)], values_[at(power.smaller)], value);
        const bool square = power.larger == power.smaller;
        if (square || power.difference != no_operand) {
          for (Number& c : value) c *= 2;
        }
        if (square) value[0] -= 1;
        if (power.difference != no_operand)
          add_to(value, values_[at(power.difference)], Number{-1});
      }
      values_.push_back(std::move(value));
    }
    values_.resize(at(shape.operands()), Series(size_));
    for (const ShapeLink& link : shape.links) {
      LinkPart& part = parts_.emplace_back();
      for (const ShapeProduct& made : link.products) {
        part.products.push_back({.second = static_cast<Number>(made.doubled ? 2 : 1),
                                 .lower = std::vector<Number>(made.lower.size()),
                                 .added = std::vector<Number>(made.added.size()),
                                 .first_factor = Series(size_),
                                 .second_factor = Series(size_)});
      }
      part.scaled.resize(link.scaled.size());
    }
    by_link_.resize(shape.links.size(), Series(size_));
  }

  const Series& evaluate(const std::vector<Number>& scalars) {
    split(scalars);
    for (std::size_t i = shape_.links.size(); i-- > 0;) {
      const ShapeLink& link = shape_.links[i];
      Series& value = values_[shape_.powers.size() + i];
      std::ranges::fill(value, Number{0});
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        ProductPart& part = parts_[i].products[p];
        set_factors(link.products[p], part);
        multiply(part.first_factor, part.second_factor, product_);
        add_to(value, product_, Number{1});
      }
      for (std::size_t k = 0; k < link.scaled.size(); ++k) {
        add_to(value, values_[at(link.scaled[k])], parts_[i].scaled[k]);
      }
      value[0] += parts_[i].constant;
    }
    return values_[shape_.powers.size()];
  }

  /// Of the last evaluation.
  const Series& value(Operand operand) const { return values_[at(operand)]; }

  /// Of the last evaluation: for each scalar how much of a sum a unit of it is, where the size of a
  /// series is the sum of the magnitudes of its coefficients; at least 1.
  std::vector<Number> weights() const {
    std::vector<Number> weights;
    const auto add = [&](Number weight) { weights.push_back(std::max(weight, Number{1})); };
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      const ShapeLink& link = shape_.links[i];
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        const ShapeProduct& made = link.products[p];
        const Number first = size_of(parts_[i].products[p].first_factor);
        const Number second = size_of(parts_[i].products[p].second_factor);
        if (made.scaled) add(first * size_of(value(made.second)));
        for (const Operand operand : made.lower) add(first * size_of(value(operand)));
        for (const Operand operand : made.added) add(second * size_of(value(operand)));
      }
      for (const Operand operand : link.scaled) add(size_of(value(operand)));
      if (shape_.has_constant(i)) add(1);
    }
    return weights;
  }

  /// Of the last evaluation: for each scalar the derivative of the result.
  const std::vector<Series>& derivatives() {
    for (Series& cofactor : by_link_) std::ranges::fill(cofactor, Number{0});
    by_link_[0][0] = 1;
    std::size_t next = 0;
    const auto column = [&]() -> Series& {
      if (next == columns_.size()) columns_.emplace_back(size_);
      return columns_[next++];
    };
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      const ShapeLink& link = shape_.links[i];
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        const ShapeProduct& made = link.products[p];
        const ProductPart& part = parts_[i].products[p];
        multiply(by_link_[i], part.first_factor, times_first_);
        multiply(by_link_[i], part.second_factor, times_second_);
        pass_on(made.second, times_first_, part.second);
        if (made.scaled) multiply(times_first_, value(made.second), column());
        for (std::size_t k = 0; k < made.lower.size(); ++k) {
          pass_on(made.lower[k], times_first_, part.lower[k]);
          multiply(times_first_, value(made.lower[k]), column());
        }
        pass_on(made.first, times_second_, 1);
        for (std::size_t k = 0; k < made.added.size(); ++k) {
          pass_on(made.added[k], times_second_, part.added[k]);
          multiply(times_second_, value(made.added[k]), column());
        }
      }
      for (std::size_t k = 0; k < link.scaled.size(); ++k) {
        pass_on(link.scaled[k], by_link_[i], parts_[i].scaled[k]);
        multiply(by_link_[i], value(link.scaled[k]), column());
      }
      if (shape_.has_constant(i)) column() = by_link_[i];
    }
    return columns_;
  }

 private:
  struct ProductPart {
    Number second = 1;
    std::vector<Number> lower;
    std::vector<Number> added;
    Series first_factor;
    Series second_factor;
  };
  struct LinkPart {
    std::vector<ProductPart> products;
    std::vector<Number> scaled;
    Number constant = 0;
  };

  static void add_to(Series& sum, const Series& a, Number factor) {
    for (std::size_t k = 0; k < a.size(); ++k) sum[k] += factor * a[k];
  }

  static Number size_of(const Series& a) {
    Number sum = 0;
    for (const Number c : a) sum += c < 0 ? -c : c;
    return sum;
  }

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  // T_a T_b = (T_{a+b} + T_{|a-b|}) / 2, up to T_{size - 1}. Not one of the factors is `result`.
  void multiply(const Series& a, const Series& b, Series& result) {
    terms_.clear();
    for (std::size_t j = 0; j < size_; ++j) {
      if (b[j] != 0) terms_.push_back(j);
    }
    std::ranges::fill(result, Number{0});
    for (std::size_t i = 0; i < size_; ++i) {
      if (a[i] == 0) continue;
      for (const std::size_t j : terms_) {
        const Number half = a[i] * b[j] / 2;
        if (i + j < size_) result[i + j] += half;
        result[i > j ? i - j : j - i] += half;
      }
    }
  }

  void pass_on(Operand operand, const Series& cofactor, Number factor) {
    if (shape_.is_link(operand)) {
      add_to(by_link_[at(operand) - shape_.powers.size()], cofactor, factor);
    }
  }

  void split(const std::vector<Number>& scalars) {
    auto next = scalars.begin();
    const auto take = [&](std::vector<Number>& taken) {
      for (Number& scalar : taken) scalar = *next++;
    };
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      LinkPart& part = parts_[i];
      for (std::size_t p = 0; p < part.products.size(); ++p) {
        ProductPart& one = part.products[p];
        if (shape_.links[i].products[p].scaled) one.second = *next++;
        take(one.lower);
        take(one.added);
      }
      take(part.scaled);
      if (shape_.has_constant(i)) part.constant = *next++;
    }
  }

  void set_factors(const ShapeProduct& made, ProductPart& part) const {
    part.first_factor = value(made.first);
    for (std::size_t k = 0; k < made.added.size(); ++k) {
      add_to(part.first_factor, value(made.added[k]), part.added[k]);
    }
    std::ranges::fill(part.second_factor, Number{0});
    add_to(part.second_factor, value(made.second), part.second);
    for (std::size_t k = 0; k < made.lower.size(); ++k) {
      add_to(part.second_factor, value(made.lower[k]), part.lower[k]);
    }
  }

  const Shape& shape_;
  std::size_t size_;
  std::vector<Series> values_;
  std::vector<LinkPart> parts_;
  std::vector<Series> by_link_;  // the derivatives of the result by each link
  std::vector<Series> columns_;
  // Kept from one product to the next: memory is asked for once.
  Series product_ = Series(size_);
  Series times_first_ = Series(size_);
  Series times_second_ = Series(size_);
  std::vector<std::size_t> terms_;
};

}  // namespace equiripple
