// The result of a shape and its derivatives, as functions of the scalars.
//
// Its derivative by a link is a polynomial: the sum, over the uses of the link, of the derivative
// by the user times the cofactor.
#pragma once

#include <vector>

#include "emit/plan/series_arithmetic.hpp"
#include "emit/plan/shape.hpp"

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
        value = product(values_[at(power.larger)], values_[at(power.smaller)], size_);
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
    values_.resize(at(shape.operands()));
  }

  const Series& evaluate(const std::vector<Number>& scalars) {
    split(scalars);
    for (std::size_t i = shape_.links.size(); i-- > 0;) {
      const ShapeLink& link = shape_.links[i];
      Series& value = values_[shape_.powers.size() + i];
      value.assign(size_, 0);
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        firsts_[i][p] = first_of(link.products[p], parts_[i].products[p]);
        seconds_[i][p] = second_of(link.products[p], parts_[i].products[p]);
        add_to(value, product(firsts_[i][p], seconds_[i][p], size_), Number{1});
      }
      for (std::size_t k = 0; k < link.scaled.size(); ++k) {
        add_to(value, values_[at(link.scaled[k])], parts_[i].scaled[k]);
      }
      value[0] += parts_[i].constant;
    }
    return values_[shape_.powers.size()];
  }

  /// Of the last evaluation: for each scalar the derivative of the result.
  std::vector<Series> derivatives() {
    std::vector<Series> by_link(shape_.links.size(), Series(size_));
    by_link[0][0] = 1;
    std::vector<Series> columns;
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      const ShapeLink& link = shape_.links[i];
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        const ShapeProduct& made = link.products[p];
        const Series times_first = product(by_link[i], firsts_[i][p], size_);
        const Series times_second = product(by_link[i], seconds_[i][p], size_);
        const auto& part = parts_[i].products[p];
        pass_on(by_link, made.second, times_first, part.second);
        if (made.scaled) columns.push_back(product(times_first, value(made.second), size_));
        for (std::size_t k = 0; k < made.lower.size(); ++k) {
          pass_on(by_link, made.lower[k], times_first, part.lower[k]);
          columns.push_back(product(times_first, value(made.lower[k]), size_));
        }
        pass_on(by_link, made.first, times_second, 1);
        for (std::size_t k = 0; k < made.added.size(); ++k) {
          pass_on(by_link, made.added[k], times_second, part.added[k]);
          columns.push_back(product(times_second, value(made.added[k]), size_));
        }
      }
      for (std::size_t k = 0; k < link.scaled.size(); ++k) {
        pass_on(by_link, link.scaled[k], by_link[i], parts_[i].scaled[k]);
        columns.push_back(product(by_link[i], value(link.scaled[k]), size_));
      }
      if (shape_.has_constant(i)) columns.push_back(by_link[i]);
    }
    return columns;
  }

 private:
  struct ProductPart {
    Number second = 1;
    std::vector<Number> lower;
    std::vector<Number> added;
  };
  struct LinkPart {
    std::vector<ProductPart> products;
    std::vector<Number> scaled;
    Number constant = 0;
  };

  static void add_to(Series& sum, const Series& a, Number factor) {
    for (std::size_t k = 0; k < a.size(); ++k) sum[k] += factor * a[k];
  }

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  const Series& value(Operand operand) const { return values_[at(operand)]; }

  void pass_on(std::vector<Series>& by_link, Operand operand, const Series& cofactor,
               Number factor) const {
    if (shape_.is_link(operand)) {
      add_to(by_link[at(operand) - shape_.powers.size()], cofactor, factor);
    }
  }

  void split(const std::vector<Number>& scalars) {
    parts_.clear();
    firsts_.clear();
    seconds_.clear();
    std::size_t next = 0;
    const auto take = [&](std::size_t count) {
      std::vector<Number> taken(scalars.begin() + static_cast<std::ptrdiff_t>(next),
                                scalars.begin() + static_cast<std::ptrdiff_t>(next + count));
      next += count;
      return taken;
    };
    for (std::size_t i = 0; i < shape_.links.size(); ++i) {
      LinkPart& part = parts_.emplace_back();
      for (const ShapeProduct& made : shape_.links[i].products) {
        ProductPart& one = part.products.emplace_back();
        one.second = made.scaled ? take(1).front() : made.doubled ? 2 : 1;
        one.lower = take(made.lower.size());
        one.added = take(made.added.size());
      }
      part.scaled = take(shape_.links[i].scaled.size());
      if (shape_.has_constant(i)) part.constant = take(1).front();
      firsts_.emplace_back(part.products.size());
      seconds_.emplace_back(part.products.size());
    }
  }

  Series first_of(const ShapeProduct& made, const ProductPart& part) const {
    Series sum = value(made.first);
    for (std::size_t k = 0; k < made.added.size(); ++k) {
      add_to(sum, value(made.added[k]), part.added[k]);
    }
    return sum;
  }

  Series second_of(const ShapeProduct& made, const ProductPart& part) const {
    Series sum(size_);
    add_to(sum, value(made.second), part.second);
    for (std::size_t k = 0; k < made.lower.size(); ++k) {
      add_to(sum, value(made.lower[k]), part.lower[k]);
    }
    return sum;
  }

  const Shape& shape_;
  std::size_t size_;
  std::vector<Series> values_;
  std::vector<LinkPart> parts_;
  std::vector<std::vector<Series>> firsts_;
  std::vector<std::vector<Series>> seconds_;
};

}  // namespace equiripple
