// The result is linear in each link, so that its derivative by a link is a polynomial: the sum, over
// the uses of the link, of the derivative by the user times the cofactor.
#include "emit/plan/least_scalars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace equiripple {
namespace {

template <class Number>
using Series = std::vector<Number>;  // of T_0, T_1, ...

template <class Number>
Series<Number> product(const Series<Number>& a, const Series<Number>& b, std::size_t size) {
  std::vector<std::size_t> terms;  // of b: powers have one
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (b[j] != 0) terms.push_back(j);
  }
  Series<Number> c(size);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (const std::size_t j : terms) {
      const Number half = a[i] * b[j] / 2;
      if (i + j < size) c[i + j] += half;
      c[i > j ? i - j : j - i] += half;
    }
  }
  return c;
}

template <class Number>
void add_to(Series<Number>& sum, const Series<Number>& a, Number factor) {
  for (std::size_t k = 0; k < a.size(); ++k) sum[k] += factor * a[k];
}

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// The scalars of a shape as a list.
class Unknowns {
 public:
  explicit Unknowns(ShapeScalars& scalars, const Shape& shape) {
    for (std::size_t i = 0; i < shape.links.size(); ++i) {
      LinkScalars& link = scalars.links[i];
      for (std::size_t p = 0; p < link.products.size(); ++p) {
        if (shape.links[i].products[p].scaled) list_.push_back(&link.products[p].second);
        for (Rational& scalar : link.products[p].lower) list_.push_back(&scalar);
        for (Rational& scalar : link.products[p].added) list_.push_back(&scalar);
      }
      for (Rational& scalar : link.scaled) list_.push_back(&scalar);
      if (i > 0 && shape.series_class == SeriesClass::dense) list_.push_back(&link.constant);
    }
  }

  std::vector<double> values() const {
    std::vector<double> values;
    for (const Rational* scalar : list_) values.push_back(to_double(*scalar));
    return values;
  }
  void set(const std::vector<long double>& values) {
    for (std::size_t k = 0; k < list_.size(); ++k) {
      *list_[k] = Rational(static_cast<double>(values[k]));
    }
  }

 private:
  std::vector<Rational*> list_;
};

// The result and its derivatives for a list of scalars.
template <class Number>
class Model {
  using Series = std::vector<Number>;

 public:
  Model(const Shape& shape, const Rational& leading)
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
        if (power.difference != no_operand) add_to(value, values_[at(power.difference)], Number{-1});
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
      if (i > 0 && shape_.series_class == SeriesClass::dense) columns.push_back(by_link[i]);
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

  const Series& value(Operand operand) const { return values_[at(operand)]; }

  void pass_on(std::vector<Series>& by_link, Operand operand, const Series& cofactor,
               Number factor) const {
    if (shape_.is_link(operand)) {
      add_to(by_link[at(operand) - shape_.powers.size()], cofactor, factor);
    }
  }

  // In the order of Unknowns.
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
        if (made.scaled) one.second = take(1).front();
        one.lower = take(made.lower.size());
        one.added = take(made.added.size());
      }
      part.scaled = take(shape_.links[i].scaled.size());
      if (i > 0 && shape_.series_class == SeriesClass::dense) part.constant = take(1).front();
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

// x of least norm with sum x_k columns_k = right, on the rows given: A A^T y = right, x = A^T y.
template <class Number>
std::vector<Number> least_solution(const std::vector<std::vector<Number>>& columns,
                                   const std::vector<std::size_t>& rows,
                                   const std::vector<Number>& right) {
  const std::size_t n = rows.size();
  std::vector<std::vector<Number>> gram(n, std::vector<Number>(n));
  Number trace = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      for (const std::vector<Number>& column : columns) gram[i][j] += column[rows[i]] * column[rows[j]];
    }
    trace += gram[i][i];
  }
  // Chosen: keeps what is singular to rounding solvable.
  constexpr Number ridge = std::numeric_limits<Number>::epsilon() / 4;
  for (std::size_t i = 0; i < n; ++i) {  // Cholesky
    gram[i][i] += ridge * trace;
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < j; ++k) gram[i][j] -= gram[i][k] * gram[j][k];
      gram[i][j] = i == j ? std::sqrt(std::max(gram[i][i], ridge * trace)) : gram[i][j] / gram[j][j];
    }
  }
  std::vector<Number> y = right;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) y[i] -= gram[i][k] * y[k];
    y[i] /= gram[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) y[i] -= gram[k][i] * y[k];
    y[i] /= gram[i][i];
  }
  std::vector<Number> x;
  for (const std::vector<Number>& column : columns) {
    Number sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += column[rows[i]] * y[i];
    x.push_back(sum);
  }
  return x;
}

template <class Number>
Number norm(const std::vector<Number>& v) {
  Number sum = 0;
  for (const Number x : v) sum += x * x;
  return std::sqrt(sum);
}

template <class Number>
class Iteration {
  using Series = std::vector<Number>;

 public:
  Iteration(const Shape& shape, const std::vector<Rational>& coefficients, const Rational& leading)
      : model_(shape, leading) {
    for (const Rational& c : coefficients) target_.push_back(static_cast<Number>(to_double(c)));
    const std::size_t step = shape.series_class == SeriesClass::dense ? 1 : 2;
    for (std::size_t k = 1; k < target_.size(); k += step) rows_.push_back(k);
  }

  /// Onto the equations, and along them towards small scalars. Whether the equations were met.
  bool approach(std::vector<Number>& scalars) {
    constexpr int steps = 60;
    constexpr Number rough = 1e-8;  // of the coefficients; both chosen
    for (int i = 0; i < steps && norm(residual(scalars)) > rough * norm(target_); ++i) {
      if (!advance(scalars, /*keep_near=*/true)) return false;
    }
    for (int i = 0; i < steps && advance(scalars, /*keep_near=*/false); ++i) {
    }
    return true;
  }

  /// Onto the equations as near as the number type allows. Whether that is `accuracy`, of the
  /// coefficients.
  bool finish(std::vector<Number>& scalars, Number accuracy) {
    constexpr int steps = 10;  // chosen: Newton's method doubles the digits
    for (int i = 0; i < steps && advance(scalars, /*keep_near=*/true); ++i) {
    }
    return norm(residual(scalars)) <= accuracy * norm(target_);
  }

 private:
  Series residual(const std::vector<Number>& scalars) {
    const Series& value = model_.evaluate(scalars);
    Series rest;
    for (const std::size_t row : rows_) rest.push_back(target_[row] - value[row]);
    return rest;
  }

  // To the least solution of the linearised equations; near the end to the nearest one. Whether
  // something was gained.
  bool advance(std::vector<Number>& scalars, bool keep_near) {
    Series right = residual(scalars);
    const Number before = merit(right, scalars, keep_near);
    const std::vector<Series> columns = model_.derivatives();
    if (!keep_near) {
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        for (std::size_t k = 0; k < columns.size(); ++k) {
          right[i] += columns[k][rows_[i]] * scalars[k];
        }
      }
    }
    std::vector<Number> step = least_solution(columns, rows_, right);
    if (!keep_near) {
      for (std::size_t k = 0; k < step.size(); ++k) step[k] -= scalars[k];
    }
    constexpr int halvings = 12;
    for (int half = 0; half < halvings; ++half) {
      std::vector<Number> moved = scalars;
      for (std::size_t k = 0; k < step.size(); ++k) {
        moved[k] += step[k] * std::ldexp(Number{1}, -half);
      }
      const Number after = merit(residual(moved), moved, keep_near);
      if (after < before) {
        scalars = std::move(moved);
        constexpr Number least_gain = 1e-4;  // chosen
        return before - after > least_gain * before;
      }
    }
    return false;
  }

  Number merit(const Series& rest, const std::vector<Number>& scalars, bool keep_near) const {
    constexpr Number strictness = 100;  // chosen
    return keep_near ? norm(rest) : strictness * norm(rest) + norm(scalars);
  }

  Model<Number> model_;
  Series target_;
  std::vector<std::size_t> rows_;
};

struct Ability {
  int degree;
  int depth;
  bool value;
  bool multiplier;
};

Ability ability_of(const Shape& shape, Operand operand) {
  if (shape.is_link(operand)) {
    const ShapeLink& link = shape.links[at(operand) - shape.powers.size()];
    return {link.degree, link.depth, true, false};
  }
  const ShapePower& power = shape.powers[at(operand)];
  const bool odd = power.degree % 2 == 1;
  switch (shape.series_class) {
    case SeriesClass::dense: return {power.degree, power.depth, true, true};
    case SeriesClass::odd: return {power.degree, power.depth, odd, !odd};
    case SeriesClass::odd_times_x: return {power.degree, power.depth, power.times_x, !odd};
  }
  return {};
}

}  // namespace

Shape enriched(const Shape& shape) {
  Shape rich = shape;
  rich.slots.clear();
  for (std::size_t i = 0; i < rich.links.size(); ++i) {
    ShapeLink& link = rich.links[i];
    const auto is_there = [&](Operand operand) {
      return !shape.is_link(operand) || operand > shape.operand_of_link(static_cast<int>(i));
    };
    const auto missing = [](const std::vector<Operand>& list, Operand operand) {
      return std::ranges::find(list, operand) == list.end();
    };
    for (Operand other = 0; other < shape.operands(); ++other) {
      const Ability a = ability_of(shape, other);
      if (!is_there(other) || (!a.value && !a.multiplier)) continue;
      if (a.value && a.depth <= link.depth - 1 && missing(link.scaled, other)) {
        link.scaled.push_back(other);
      }
      if (a.depth > link.depth - 2) continue;
      for (ShapeProduct& made : link.products) {
        const Ability first = ability_of(shape, made.first);
        const Ability second = ability_of(shape, made.second);
        if (made.scaled && a.value == second.value && a.multiplier == second.multiplier &&
            other != made.second && a.degree + first.degree <= link.degree &&
            missing(made.lower, other)) {
          made.lower.push_back(other);
        }
        if (a.value == first.value && a.multiplier == first.multiplier && other != made.first &&
            a.degree + second.degree <= link.degree && missing(made.added, other)) {
          made.added.push_back(other);
        }
      }
    }
  }
  return rich;
}

ShapeScalars in_enriched(const Shape& shape, const ShapeScalars& scalars, const Shape& rich) {
  ShapeScalars placed = scalars;
  for (std::size_t i = 0; i < shape.links.size(); ++i) {
    LinkScalars& link = placed.links[i];
    link.scaled.resize(rich.links[i].scaled.size());
    for (std::size_t p = 0; p < shape.links[i].products.size(); ++p) {
      link.products[p].lower.resize(rich.links[i].products[p].lower.size());
      link.products[p].added.resize(rich.links[i].products[p].added.size());
    }
  }
  return placed;
}

ShapeScalars scattered(ShapeScalars scalars, unsigned seed) {
  std::minstd_rand random(seed);
  const auto scatter = [&](std::vector<Rational>& list) {
    for (Rational& scalar : list) {
      scalar = Rational(static_cast<double>(random()) / std::minstd_rand::max() - 0.5);
    }
  };
  for (LinkScalars& link : scalars.links) {
    for (ProductScalars& one : link.products) {
      scatter(one.lower);
      scatter(one.added);
      if (one.second == 0) one.second = Rational(1, 2);
    }
    scatter(link.scaled);
  }
  return scalars;
}

ShapeScalars no_scalars(const Shape& shape, const std::vector<Rational>& coefficients) {
  ShapeScalars scalars;
  for (const ShapeLink& link : shape.links) {
    LinkScalars& empty = scalars.links.emplace_back();
    for (const ShapeProduct& made : link.products) {
      empty.products.push_back({.second = made.scaled ? Rational(0) : Rational(1),
                                .lower = std::vector<Rational>(made.lower.size()),
                                .added = std::vector<Rational>(made.added.size())});
    }
    empty.scaled.resize(link.scaled.size());
  }
  if (shape.leading_in_x) {
    const double unit =
        Model<double>(shape, 1).evaluate(Unknowns(scalars, shape).values()).back();
    scalars.leading = Rational(to_double(coefficients.back()) / unit);
  }
  return scalars;
}

std::optional<ShapeScalars> least_scalars(const Shape& shape,
                                          const std::vector<Rational>& coefficients,
                                          const ShapeScalars& start) {
  ShapeScalars scalars = start;
  Unknowns unknowns(scalars, shape);
  std::vector<double> rough = unknowns.values();
  if (!Iteration<double>(shape, coefficients, start.leading).approach(rough)) return std::nullopt;
  std::vector<long double> found(rough.begin(), rough.end());
  constexpr long double accuracy = 1e-15L;  // chosen: scalars are rounded to 2^-53
  if (!Iteration<long double>(shape, coefficients, start.leading).finish(found, accuracy)) {
    return std::nullopt;
  }
  unknowns.set(found);
  scalars.largest = 0;
  for (const long double scalar : found) {
    scalars.largest =
        std::max(scalars.largest, Rational(static_cast<double>(std::abs(scalar))));
  }
  scalars.links.front().constant = coefficients.front();
  return scalars;
}

}  // namespace equiripple
