// Gauss-Newton steps on the model of a shape.
#include "emit/plan/least_scalars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "emit/plan/coverage.hpp"
#include "emit/plan/shape_model.hpp"

namespace equiripple {
namespace {

using std::abs;
using std::ldexp;
using std::log10;
using std::sqrt;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

// The scalars of a shape as the list that ShapeModel takes.
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
      if (shape.has_constant(i)) list_.push_back(&link.constant);
    }
  }

  std::vector<double> values() const {
    std::vector<double> values;
    for (const Rational* scalar : list_) values.push_back(to_double(*scalar));
    return values;
  }
  void set(const std::vector<Extended>& values) {
    for (std::size_t k = 0; k < list_.size(); ++k) {
      *list_[k] = Rational(static_cast<double>(values[k]));
    }
  }

 private:
  std::vector<Rational*> list_;
};

// An equation: of the coefficient of a degree, multiplied by a weight.
template <class Number>
struct Row {
  std::size_t degree;
  Number weight;
};

// x of least weighted norm with sum x_k columns_k = right, on the rows given: for B the columns
// divided by their weights, B B^T y = right, and B^T y are the x_k times theirs.
template <class Number>
class LeastSolution {
  using Vector = std::vector<Number>;

 public:
  const Vector& solve(const std::vector<Vector>& columns, const Vector& weights,
                      const std::vector<Row<Number>>& rows, const Vector& right) {
    n_ = rows.size();
    entries_.resize(columns.size() * n_);
    auto entry = entries_.begin();
    for (std::size_t k = 0; k < columns.size(); ++k) {
      for (const Row<Number>& row : rows) {
        *entry++ = columns[k][row.degree] * row.weight / weights[k];
      }
    }
    set_gram(columns.size());
    factor();
    y_ = right;
    for (std::size_t k = 0; k < n_; ++k) {
      y_[k] /= gram_[k * n_ + k];
      for (std::size_t i = k + 1; i < n_; ++i) y_[i] -= gram_[k * n_ + i] * y_[k];
    }
    for (std::size_t i = n_; i-- > 0;) {
      for (std::size_t k = i + 1; k < n_; ++k) y_[i] -= gram_[i * n_ + k] * y_[k];
      y_[i] /= gram_[i * n_ + i];
    }
    x_.clear();
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const Number* column = &entries_[k * n_];
      Number sum = 0;
      for (std::size_t i = 0; i < n_; ++i) sum += column[i] * y_[i];
      x_.push_back(sum / weights[k]);
    }
    return x_;
  }

 private:
  // The upper triangle.
  void set_gram(std::size_t columns) {
    gram_.assign(n_ * n_, Number{0});
    for (std::size_t k = 0; k < columns; ++k) {
      const Number* column = &entries_[k * n_];
      for (std::size_t i = 0; i < n_; ++i) {
        Number* row = &gram_[i * n_];
        for (std::size_t j = i; j < n_; ++j) row[j] += column[i] * column[j];
      }
    }
  }

  // Cholesky's, in place of the triangle, by rows.
  void factor() {
    Number trace = 0;
    for (std::size_t i = 0; i < n_; ++i) trace += gram_[i * n_ + i];
    // Chosen: keeps what is singular to rounding solvable.
    constexpr Number ridge = std::numeric_limits<Number>::epsilon() / 4;
    for (std::size_t i = 0; i < n_; ++i) gram_[i * n_ + i] += ridge * trace;
    for (std::size_t k = 0; k < n_; ++k) {
      const Number* done = &gram_[k * n_];
      gram_[k * n_ + k] = sqrt(std::max(gram_[k * n_ + k], ridge * trace));
      for (std::size_t j = k + 1; j < n_; ++j) gram_[k * n_ + j] /= gram_[k * n_ + k];
      for (std::size_t i = k + 1; i < n_; ++i) {
        Number* row = &gram_[i * n_];
        const Number factor = done[i];
        for (std::size_t j = i; j < n_; ++j) row[j] -= factor * done[j];
      }
    }
  }

  std::size_t n_ = 0;
  Vector entries_;  // of the columns, one after the other
  Vector gram_;
  Vector y_;
  Vector x_;
};

template <class Number>
Number norm(const std::vector<Number>& v) {
  Number sum = 0;
  for (const Number x : v) sum += x * x;
  return sqrt(sum);
}

template <class Number>
class Iteration {
  using Series = std::vector<Number>;

 public:
  Iteration(const Shape& shape, const std::vector<Rational>& coefficients, const Rational& leading,
            bool weighs_terms, Equations equations)
      : model_(shape, leading), weighs_terms_(weighs_terms) {
    for (const Rational& c : coefficients) target_.push_back(static_cast<Number>(to_double(c)));
    const std::size_t step = shape.series_class == SeriesClass::dense ? 1 : 2;
    for (std::size_t k = 1; k < target_.size(); k += step) rows_.push_back({k, 1});
    if (equations == Equations::by_decay) set_row_weights();
  }

  /// Onto the equations. False where that leads nowhere.
  bool approach(std::vector<Number>& scalars) {
    constexpr Number rough = 1e-8;  // of the coefficients; chosen
    const Number enough = rough * norm(target_);
    set_residual(scalars, rest_);
    for (int i = 0; i < most_steps && norm(rest_) > enough; ++i) {
      if (!advance(scalars, /*keep_near=*/true)) return false;
    }
    return true;
  }

  /// Along them towards small scalars, or terms.
  void shrink(std::vector<Number>& scalars) {
    set_residual(scalars, rest_);
    for (int i = 0; i < most_steps && advance(scalars, /*keep_near=*/false); ++i) {
    }
  }

  /// Onto the equations as near as the number type allows. Whether that is `accuracy`, of the
  /// coefficients.
  bool finish(std::vector<Number>& scalars, Number accuracy) {
    constexpr int steps = 10;  // chosen: Newton's method doubles the digits
    const Number size = norm(target_);
    set_residual(scalars, rest_);
    std::vector<Number> sizes = {norm(rest_) / size};  // of what is left after each step
    for (int left = steps; left > 0 && !is_vain(sizes, left); --left) {
      if (!advance(scalars, /*keep_near=*/true)) break;
      sizes.push_back(norm(rest_) / size);
    }
    return distance(rest_) <= accuracy * norm(target_);
  }

 private:
  static constexpr int most_steps = 60;  // chosen

  // Whether a twentieth was not gained in four steps, or a doubling of the digits in each step that
  // is left would not make ten of them. Of 3309 iterations that converged neither held for one.
  static bool is_vain(const std::vector<Number>& sizes, int left) {
    constexpr std::size_t window = 4;
    constexpr Number gained = 0.95;
    constexpr Number digits = 10;
    if (sizes.size() <= window) return false;
    return sizes.back() > gained * sizes[sizes.size() - 1 - window] ||
           -log10(sizes.back()) * ldexp(Number{1}, left) < digits;
  }

  // Where the coefficients decay by many decades, what the last ones depend on would be lost in the
  // rounding of the first: each counts by the largest from its degree on.
  void set_row_weights() {
    constexpr Number plain = 1e-3;      // of the largest, where rounding does not matter; chosen
    constexpr Number vanishing = 1e-9;  // of that, where rounding leaves little; chosen
    Number largest = 0;                 // from the degree on
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
      largest = std::max<Number>(largest, abs(target_[row->degree]));
      row->weight = largest;
    }
    for (Row<Number>& row : rows_) {
      row.weight = 1 / std::clamp<Number>(row.weight / (largest * plain), vanishing, 1);
    }
  }

  void set_residual(const std::vector<Number>& scalars, Series& rest) {
    const Series& value = model_.evaluate(scalars);
    rest.clear();
    for (const Row<Number>& row : rows_) {
      rest.push_back((target_[row.degree] - value[row.degree]) * row.weight);
    }
  }

  // Of the equations without their weights.
  Number distance(const Series& rest) const {
    Number sum = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const Number off = rest[i] / rows_[i].weight;
      sum += off * off;
    }
    return sqrt(sum);
  }

  // From the scalars that were evaluated last, whose residual is there: to the least solution of
  // the linearised equations, by what they add up to; near the end to the nearest one. Whether
  // something was gained.
  bool advance(std::vector<Number>& scalars, bool keep_near) {
    if (weighs_terms_ && !keep_near) {
      weights_ = model_.weights();
    } else {
      weights_.assign(scalars.size(), 1);
    }
    const Number before = merit(rest_, scalars, keep_near);
    const std::vector<Series>& columns = model_.derivatives();
    right_ = rest_;
    if (!keep_near) {
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        for (std::size_t k = 0; k < columns.size(); ++k) {
          right_[i] += columns[k][rows_[i].degree] * rows_[i].weight * scalars[k];
        }
      }
    }
    step_ = least_.solve(columns, weights_, rows_, right_);
    if (!keep_near) {
      for (std::size_t k = 0; k < step_.size(); ++k) step_[k] -= scalars[k];
    }
    constexpr int halvings = 12;
    for (int half = 0; half < halvings; ++half) {
      moved_ = scalars;
      for (std::size_t k = 0; k < step_.size(); ++k) {
        moved_[k] += step_[k] * ldexp(Number{1}, -half);
      }
      set_residual(moved_, moved_rest_);
      const Number after = merit(moved_rest_, moved_, keep_near);
      if (after < before) {
        std::swap(scalars, moved_);
        std::swap(rest_, moved_rest_);
        constexpr Number least_gain = 1e-4;  // chosen
        return before - after > least_gain * before;
      }
    }
    return false;
  }

  Number merit(const Series& rest, const std::vector<Number>& scalars, bool keep_near) const {
    constexpr Number strictness = 100;  // chosen
    if (keep_near) return norm(rest);
    Number square = 0;
    for (std::size_t k = 0; k < scalars.size(); ++k) {
      square += (weights_[k] * scalars[k]) * (weights_[k] * scalars[k]);
    }
    return strictness * norm(rest) + sqrt(square);
  }

  ShapeModel<Number> model_;
  bool weighs_terms_;
  LeastSolution<Number> least_;
  Series target_;
  std::vector<Row<Number>> rows_;
  Series rest_;     // of the scalars
  Series weights_;  // of their least norm
  // Kept from one step to the next: memory is asked for once.
  Series right_;
  Series step_;
  Series moved_;
  Series moved_rest_;
};

Factor factor_of(const Shape& shape, Operand operand) {
  if (shape.is_link(operand)) {
    const ShapeLink& link = shape.links[at(operand) - shape.powers.size()];
    return {.degree = link.degree,
            .depth = link.depth,
            .value = !link.is_multiplier,
            .multiplier = link.is_multiplier};
  }
  const ShapePower& power = shape.powers[at(operand)];
  return power_factor(shape.series_class, power.degree, power.depth, power.times_x);
}

// Of the result, whose products make some of it in a dense shape.
Rational constant_beside(Extended made, const Rational& wanted) {
  if (made == 0) return wanted;
  return Rational(static_cast<double>(static_cast<Extended>(to_double(wanted)) - made));
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
      const Factor a = factor_of(shape, other);
      if (!is_there(other) || (!a.value && !a.multiplier)) continue;
      const bool is_alike = link.is_multiplier ? a.multiplier : a.value;
      if (is_alike && a.depth <= link.depth - 1 && missing(link.scaled, other)) {
        link.scaled.push_back(other);
      }
      if (a.depth > link.depth - 2) continue;
      for (ShapeProduct& made : link.products) {
        const Factor first = factor_of(shape, made.first);
        const Factor second = factor_of(shape, made.second);
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

std::vector<Extended> listed_scalars(const Shape& shape, const ShapeScalars& scalars) {
  ShapeScalars copy = scalars;
  const std::vector<double> values = Unknowns(copy, shape).values();
  return {values.begin(), values.end()};
}

ShapeScalars with_listed(const Shape& shape, ShapeScalars scalars,
                         const std::vector<Extended>& listed) {
  Unknowns(scalars, shape).set(listed);
  return scalars;
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
      const bool squares = made.first == made.second && made.doubled;
      if (squares && link.is_multiplier) empty.constant = -1;  // T_2k = 2 T_k^2 - 1
      empty.products.push_back({.second = made.doubled  ? 2
                                          : made.scaled ? 0
                                                        : 1,
                                .lower = std::vector<Rational>(made.lower.size()),
                                .added = std::vector<Rational>(made.added.size())});
    }
    empty.scaled.resize(link.scaled.size());
  }
  if (shape.leading_in_x) {
    const double unit =
        ShapeModel<double>(shape, 1).evaluate(Unknowns(scalars, shape).values()).back();
    scalars.leading = Rational(to_double(coefficients.back()) / unit);
  }
  return scalars;
}

std::optional<ShapeScalars> least_scalars(const Shape& shape,
                                          const std::vector<Rational>& coefficients,
                                          const ShapeScalars& start, Least least,
                                          Equations equations) {
  ShapeScalars scalars = start;
  Unknowns unknowns(scalars, shape);
  std::vector<double> rough = unknowns.values();
  Iteration<double> iteration(shape, coefficients, start.leading, least != Least::scalars,
                              equations);
  if (!iteration.approach(rough)) return std::nullopt;
  const std::vector<double> near = rough;
  iteration.shrink(rough);
  constexpr Extended accuracy = 1e-15L;  // chosen: scalars are rounded to 2^-53
  Iteration<Extended> exact(shape, coefficients, start.leading, /*weighs_terms=*/false, equations);
  std::vector<Extended> found(rough.begin(), rough.end());
  bool is_exact = exact.finish(found, accuracy);
  if (!is_exact && least == Least::terms_or_any) {
    found.assign(near.begin(), near.end());
    is_exact = exact.finish(found, accuracy);
  }
  if (!is_exact) return std::nullopt;
  unknowns.set(found);
  scalars.largest = 0;
  for (const Extended scalar : found) {
    scalars.largest = std::max(scalars.largest, Rational(static_cast<double>(abs(scalar))));
  }
  const Extended made = ShapeModel<Extended>(shape, start.leading).evaluate(found).front();
  scalars.links.front().constant = constant_beside(made, coefficients.front());
  return scalars;
}

}  // namespace equiripple
