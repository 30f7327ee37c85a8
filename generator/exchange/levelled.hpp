// The polynomial whose weighted error has equal size and alternating sign on a reference.
//
// With barycentric weights b_i of the points u_i, the level h follows from one quotient,
//   h = sum b_i g_i / sum b_i s_i / w_i,    g_i = f_i / factor_i, s_i = (-1)^i,
// and the polynomial interpolates y_i = g_i - s_i h / w_i [PT09] [BT04]. The denominators b_i s_i
// all have one sign, so only the numerator cancels; that gives the noise floor.
#pragma once

#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "generator/exchange/power_levelling.hpp"
#include "generator/exchange/problem.hpp"
#include "generator/exchange/residual_levelling.hpp"
#include "generator/work.hpp"

namespace equiripple {

/// Products of many differences: a number with an exponent of its own, so that no rung overflows.
template <class T>
class ScaledProduct {
 public:
  void multiply(const T& factor) {
    value_ *= factor;
    if (++pending_ == renormalise_every) normalise();
  }

  long exponent() {
    normalise();
    return exponent_;
  }
  const T& mantissa() const { return value_; }

 private:
  static constexpr int renormalise_every = 8;  // chosen: eight differences above 2^-100 fit

  void normalise() {
    pending_ = 0;
    if constexpr (std::is_same_v<T, double>) {
      int shift = 0;
      value_ = std::frexp(value_, &shift);
      exponent_ += shift;
    }
  }

  T value_ = 1;
  long exponent_ = 0;
  int pending_ = 0;
};

/// `Target` gives map, factor, target and weight as Problem does: a table's target is known at its
/// points only.
template <class T, class Target = Problem<T>>
class LevelledPolynomial {
 public:
  /// `reference` has problem.points() ascending points of the working domain.
  /// On the high rungs levelled to 2^goal_log2 of the level at least, from the coefficients() of a
  /// polynomial of a reference nearby, if there is one.
  LevelledPolynomial(const Target& problem, const std::vector<T>& reference,
                     int goal_log2 = full_goal_log2, const std::vector<Ball>& start = {})
      : problem_(&problem) {
    const auto size = static_cast<double>(reference.size());
    count_work(size * size * work_of_bits(bits_of<T>));
    if constexpr (may_lack_powers) {
      if (!problem.exponents().empty()) {
        level_powers(reference);
        return;
      }
    }
    if constexpr (levels_residuals) {
      if (reference.size() >= fewest_points && level_residuals(reference, goal_log2, start)) return;
    }
    level_by_weights(problem, reference);
  }

  /// p(x).
  T operator()(const T& x) const {
    if constexpr (may_lack_powers) {
      if (powers_) return problem_->factor(x) * (*powers_)(problem_->map(x));
    }
    if constexpr (levels_residuals) {
      if (residual_) return problem_->factor(x) * (*residual_)(problem_->map(x));
    }
    return problem_->factor(x) * interpolated(problem_->map(x));
  }

  /// The weighted error at x.
  T error(const T& x) const {
    count_work(static_cast<double>(count_) * work_of_bits(bits_of<T>));
    return problem_->weight(x) * (problem_->target(x) - (*this)(x));
  }

  /// What rounding may have done to error(x) beyond that of the level: much, where a polynomial
  /// through the points is wild.
  T noise_at(const T& x) const {
    const T u = problem_->map(x);
    const T scale = real_abs(T(problem_->weight(x) * problem_->factor(x)));
    if constexpr (may_lack_powers) {
      if (powers_) return scale * powers_->noise_at(u);
    }
    if constexpr (levels_residuals) {
      if (residual_) return scale * residual_->noise_at(u);
    }
    // The sum of b_i / (u - u_i) times prod (u - u_j) is 1; the product is taken by itself.
    ScaledProduct<T> product;
    T sum = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const T distance = real_abs(T(u - points_[i]));
      if (distance == 0) return noise_;
      product.multiply(distance);
      sum += real_abs(weights_[i]) * sizes_[i] / distance;
    }
    const long exponent = product.exponent() - weights_log2_;
    return scale * scale_by_power_of_two(T(sum * product.mantissa()), exponent) *
           unit_roundoff<T>();
  }

  /// The weighted error at reference point i.
  T error_at(std::size_t i) const { return (count_ - 1 - i) % 2 == 0 ? level_ : T(-level_); }

  /// Of q on the hull of the working domain, in u; empty where it is not held as a series.
  std::vector<Ball> coefficients() const {
    if constexpr (levels_residuals) {
      if (residual_) return residual_->coefficients;
    }
    return {};
  }

  /// Of a class that lacks powers; else none.
  const std::optional<PowerLevelled<T>>& powers() const { return powers_; }

  const T& level() const { return level_; }
  const T& noise() const { return noise_; }  // rounding may have moved the level by about this
  const T& unlevelled() const { return unlevelled_; }  // how far errors at the points may differ
  bool is_finite() const { return equiripple::is_finite(level_) && equiripple::is_finite(noise_); }

 private:
  static constexpr bool may_lack_powers = std::is_same_v<Target, Problem<T>>;
  static constexpr bool levels_residuals =
      !std::is_same_v<T, double> && std::is_same_v<Target, Problem<T>>;
  static constexpr std::size_t fewest_points = 24;  // chosen: below, weights are as fast
  static constexpr int interpolation_bits = 500;    // chosen: rungs above need a start
  static constexpr int full_goal_log2 = -bits_of<T>;

  // q(u). On the high rungs a product costs a fraction of a quotient: the sum of b_i y_i times all
  // u - u_j but u - u_i, built up point by point. In double that leaves the range, and quotients
  // run side by side.
  T interpolated(const T& u) const {
    if constexpr (std::is_same_v<T, double>) {
      double numerator = 0;
      double denominator = 0;
      for (std::size_t i = 0; i < points_.size(); ++i) {
        const double distance = u - points_[i];
        if (distance == 0) return values_[i];
        const double share = weights_[i] / distance;
        numerator += share * values_[i];
        denominator += share;
      }
      return numerator / denominator;
    } else {
      T sum = 0;
      T product = 1;
      for (std::size_t i = 0; i < points_.size(); ++i) {
        const T distance = u - points_[i];
        sum = sum * distance + shares_[i] * product;
        product *= distance;
      }
      return scale_by_power_of_two(sum, -weights_log2_);
    }
  }

  void level_powers(const std::vector<T>& reference) requires(may_lack_powers) {
    const auto size = static_cast<double>(reference.size());
    count_work(size * size * size / 3 * work_of_bits(bits_of<T>));
    powers_ = levelled_powers(*problem_, reference);
    count_ = reference.size();
    level_ = powers_->level;
    noise_ = powers_->noise;
  }

  bool level_residuals(const std::vector<T>& reference, int goal_log2,
                       const std::vector<Ball>& start) requires(levels_residuals) {
    const bool interpolates =
        start.empty() && bits_of<T> > interpolation_bits && problem_->is_connected();
    residual_ = ResidualLevelling<T>(*problem_, reference)
                    .run(goal_log2, interpolates ? interpolated_start(*problem_) : start);
    if (!residual_) return false;
    count_ = reference.size();
    level_ = residual_->level;
    noise_ = residual_->noise;
    unlevelled_ = residual_->unlevelled;
    return true;
  }

  void level_by_weights(const Target& problem, const std::vector<T>& reference) {
    count_ = reference.size();
    const std::size_t m = reference.size();
    for (const T& x : reference) points_.push_back(problem.map(x));
    set_weights();
    T numerator = 0;
    T denominator = 0;
    T magnitude = 0;
    std::vector<T> reciprocal_weights;
    for (std::size_t i = 0; i < m; ++i) {
      const T factor = problem.factor(reference[i]);
      values_.push_back(problem.target(reference[i]) / factor);
      reciprocal_weights.push_back(T(1) / (problem.weight(reference[i]) * factor));
      numerator += weights_[i] * values_[i];
      magnitude += real_abs(T(weights_[i] * values_[i]));
      denominator += real_abs(T(weights_[i] * reciprocal_weights[i]));
    }
    // weights_[i] has the sign (-1)^(m - 1 - i); s_i is chosen to be that sign.
    level_ = numerator / denominator;
    noise_ = magnitude / denominator * unit_roundoff<T>() * static_cast<double>(m);
    for (std::size_t i = 0; i < m; ++i) {
      const T step = level_ * reciprocal_weights[i];
      sizes_.push_back(real_abs(values_[i]) + real_abs(step));
      if (weights_[i] < 0) {
        values_[i] += step;
      } else {
        values_[i] -= step;
      }
      if constexpr (!std::is_same_v<T, double>) shares_.push_back(weights_[i] * values_[i]);
    }
  }

  // 1 / prod (u_i - u_j), over the largest of them.
  void set_weights() {
    const std::size_t m = points_.size();
    std::vector<ScaledProduct<T>> products(m);
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < m; ++j) {
        if (j != i) products[i].multiply(points_[i] - points_[j]);
      }
    }
    long smallest = products[0].exponent();
    for (ScaledProduct<T>& product : products) smallest = std::min(smallest, product.exponent());
    weights_log2_ = smallest;
    for (ScaledProduct<T>& product : products) {
      weights_.push_back(
          scale_by_power_of_two(T(T(1) / product.mantissa()), smallest - product.exponent()));
    }
  }

  const Target* problem_;
  std::size_t count_ = 0;
  std::conditional_t<levels_residuals, std::optional<ResidualLevelled<T>>, std::monostate>
      residual_;                            // where it is set, the three below are not
  std::optional<PowerLevelled<T>> powers_;  // likewise
  std::vector<T> points_;                   // u_i
  std::vector<T> weights_;                  // b_i
  std::vector<T> values_;                   // y_i
  std::vector<T> shares_;                   // b_i y_i, on the high rungs
  std::vector<T> sizes_;                    // of what they are sums of
  long weights_log2_ = 0;                   // b_i is this much larger than 1 / prod (u_i - u_j)
  T level_;                                 // signed: the error at the last point
  T noise_;
  T unlevelled_ = 0;
};

}  // namespace equiripple
