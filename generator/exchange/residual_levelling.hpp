// The levelled polynomial on a high rung, with all linear algebra in double: high precision is
// spent on residuals alone. Each step takes the residuals at the reference, evaluated in fixed
// point, and adds the polynomial and the level that remove them up to the accuracy of double.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "generator/exchange/correction.hpp"
#include "generator/exchange/problem.hpp"
#include "generator/numbers/fixed_series.hpp"

namespace equiripple {

inline constexpr slong evaluation_guard_bits = 48;  // of the series, for n^2 roundings; chosen

/// q on the hull of the working domain, in the variable u.
template <class T>
struct ResidualLevelled {
  T centre;
  T half_width;
  std::vector<Ball> coefficients;  // on the basis of the hull
  FixedSeries series;              // of them
  slong bits;                      // to which it is evaluated
  T level;                         // signed: at the last point
  T noise;
  T unlevelled;  // the error at the points differs from the level by no more, noise apart
  std::shared_ptr<const Corrector> corrector{};
  long weight_log2 = 0;  // the corrector's reciprocal weights are smaller by this

  T operator()(const T& u) const {
    Ball v;
    const T on_basis = (u - centre) / half_width;
    arf_set_mpfr(arb_midref(v.get()), on_basis.backend().data());
    if (!v.is_finite() || arf_cmpabs_2exp_si(arb_midref(v.get()), 0) > 0)
      return beyond_hull(on_basis);
    const FixedSeries::Sums sums = series(v, bits);
    arf_mul(arb_midref(v.get()), arb_midref(v.get()), arb_midref(sums.second.get()), bits,
            ARF_RND_NEAR);
    arf_sub(arb_midref(v.get()), arb_midref(sums.first.get()), arb_midref(v.get()), bits,
            ARF_RND_NEAR);
    return middle_of<T>(v);
  }

  // Where terms grow: Clenshaw's recurrence on the rung.
  T beyond_hull(const T& v) const {
    T b1 = 0;
    T b2 = 0;
    for (std::size_t k = coefficients.size(); k-- > 0;) {
      const T b = middle_of<T>(coefficients[k]) + 2 * v * b1 - b2;
      b2 = b1;
      b1 = b;
    }
    return b1 - v * b2;
  }

  /// From both ends of the hull.
  EndDistances distances(const T& u) const {
    return {convert<double>(T((u - (centre - half_width)) / half_width)),
            convert<double>(T((centre + half_width - u) / half_width))};
  }

  /// What rounding and the rest of the levelling may come to at u, without the weight there.
  T noise_at(const T& u) const {
    const double amplification =
        corrector->amplification_log2(distances(u)) + static_cast<double>(weight_log2);
    const double whole = std::floor(amplification);
    return scale_by_power_of_two(T((noise + unlevelled) * std::exp2(amplification - whole)),
                                 static_cast<long>(whole));
  }
};

template <class T>
class ResidualLevelling {
 public:
  ResidualLevelling(const Problem<T>& problem, const std::vector<T>& reference)
      : lower_(problem.map(problem.segments().front().lower)),
        upper_(problem.map(problem.segments().back().upper)) {
    result_.centre = (lower_ + upper_) / 2;
    result_.half_width = (upper_ - lower_) / 2;
    for (const T& x : reference) {
      points_.push_back(problem.map(x));
      const T factor = problem.factor(x);
      values_.push_back(problem.target(x) / factor);
      reciprocal_weights_.push_back(T(1) / (problem.weight(x) * factor));
    }
  }

  /// Levelled to 2^goal_log2 of the level or to the noise of the rung, from a polynomial nearby
  /// or from 0. Empty where the corrections do not close in, or numbers are not finite.
  std::optional<ResidualLevelled<T>> run(int goal_log2, const std::vector<Ball>& start) {
    const std::size_t m = points_.size();
    const auto all_finite = [](const std::vector<T>& numbers) {
      return std::ranges::all_of(numbers, [](const T& x) { return is_finite(x); });
    };
    if (!all_finite(values_) || !all_finite(reciprocal_weights_)) return std::nullopt;
    const long weight_log2 = exponent_of(reciprocal_weights_);
    result_.weight_log2 = weight_log2;
    result_.corrector = std::make_shared<const Corrector>(end_distances(),
                                                          scaled(reciprocal_weights_, weight_log2));
    const Corrector& corrector = *result_.corrector;
    const long value_log2 = exponent_of(values_);
    result_.noise = scale_by_power_of_two(
        T(corrector.magnitude(scaled(values_, value_log2)) * static_cast<double>(m)),
        value_log2 - weight_log2 + 1 - bits_of<T>);
    result_.level = 0;
    std::vector<Ball>& coefficients = result_.coefficients;
    coefficients = start.empty() ? std::vector<Ball>(m - 1) : start;
    long previous = 0;
    slong& bits = result_.bits;
    bits = full_bits;
    for (int step = 0; step < most_steps; ++step) {
      result_.series = FixedSeries(coefficients, bits);
      const std::vector<T> residuals = residuals_now();
      if (!all_finite(residuals)) return std::nullopt;
      const long size = exponent_of(residuals);
      T in_units_of_level = 0;
      for (std::size_t i = 0; i < m; ++i) {
        in_units_of_level =
            std::max(in_units_of_level, real_abs(T(residuals[i] / reciprocal_weights_[i])));
      }
      if (step > 0) {
        const T goal = scale_by_power_of_two(real_abs(result_.level), goal_log2);
        result_.unlevelled = std::max(goal, in_units_of_level);
        if (in_units_of_level <= std::max(goal, scale_by_power_of_two(result_.noise, -4))) {
          return result_;
        }
        if (size > previous - fewest_bits_a_step) {
          if (in_units_of_level <= result_.noise) return result_;
          return std::nullopt;
        }
      }
      previous = size;
      const auto correction = corrector.correct(scaled(residuals, size));
      if (!correction) return std::nullopt;
      result_.level += scale_by_power_of_two(T(correction->level), size - weight_log2);
      for (std::size_t k = 0; k < coefficients.size(); ++k) {
        add(coefficients[k], correction->coefficients[k], size);
      }
      // No more than the goal needs; a level that is still too large is corrected in the next step.
      if (result_.level != 0) {
        double largest = static_cast<double>(value_log2);
        for (const Ball& c : coefficients) largest = std::max(largest, log2_magnitude(c));
        const double signal = largest - static_cast<double>(weight_log2) - log2_of(result_.level);
        const double needed = std::max(signal, 0.0) - goal_log2 + evaluation_guard_bits;
        bits = static_cast<slong>(std::min(needed, static_cast<double>(full_bits)));
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr slong full_bits = bits_of<T> + evaluation_guard_bits;
  static constexpr int most_steps = 200;        // chosen: 4096 bits at 20 a step
  static constexpr int fewest_bits_a_step = 8;  // chosen: fewer is no convergence

  static void add(Ball& sum, double mantissa, long exponent_log2) {
    Ball term;
    arf_set_d(arb_midref(term.get()), mantissa);
    arb_mul_2exp_si(term.get(), term.get(), exponent_log2);
    arf_add(arb_midref(sum.get()), arb_midref(sum.get()), arb_midref(term.get()), full_bits,
            ARF_RND_NEAR);
  }

  // log2 of the largest, rounded up.
  static long exponent_of(const std::vector<T>& numbers) {
    T largest = 0;
    for (const T& x : numbers) largest = std::max(largest, real_abs(x));
    constexpr long of_zero = -1'000'000;  // chosen: below every number of interest
    return largest == 0 ? of_zero : static_cast<long>(std::ceil(log2_of(largest)));
  }

  static std::vector<double> scaled(const std::vector<T>& numbers, long exponent_log2) {
    std::vector<double> result;
    for (const T& x : numbers) {
      result.push_back(convert<double>(scale_by_power_of_two(x, -exponent_log2)));
    }
    return result;
  }

  std::vector<EndDistances> end_distances() const {
    std::vector<EndDistances> distances;
    for (const T& u : points_) distances.push_back(result_.distances(u));
    return distances;
  }

  std::vector<T> residuals_now() const {
    std::vector<T> residuals;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const bool is_up = (points_.size() - 1 - i) % 2 == 0;
      const T step = result_.level * reciprocal_weights_[i];
      const T residual = values_[i] - result_(points_[i]);
      residuals.push_back(is_up ? T(residual - step) : T(residual + step));
    }
    return residuals;
  }

  T lower_;
  T upper_;
  std::vector<T> points_;              // u_i
  std::vector<T> values_;              // f_i / factor_i
  std::vector<T> reciprocal_weights_;  // 1 / (weight_i factor_i)
  ResidualLevelled<T> result_;
};

/// A polynomial near every levelled one of a target that is smooth on one interval: interpolation
/// at Chebyshev nodes of u.
template <class T>
std::vector<Ball> interpolated_start(const Problem<T>& problem) {
  const std::size_t count = problem.points() - 1;
  const T lower = problem.map(problem.segments().front().lower);
  const T upper = problem.map(problem.segments().back().upper);
  std::vector<T> cosines;  // cos(pi k / (2 count))
  for (std::size_t k = 0; k < 4 * count; ++k) {
    cosines.push_back(k <= 2 * count ? real_cos(T(real_pi<T>() * static_cast<long>(k) /
                                                  (2 * static_cast<long>(count))))
                                     : cosines[4 * count - k]);
  }
  std::vector<Ball> values(count);
  for (std::size_t k = 0; k < count; ++k) {
    const T u = (lower + upper) / 2 + (upper - lower) / 2 * cosines[2 * k + 1];
    const T x = problem.parity() == Parity::none ? u : real_sqrt(u);
    const T value = problem.target(x) / problem.factor(x);
    arf_set_mpfr(arb_midref(values[k].get()), value.backend().data());
  }
  std::vector<Ball> table(cosines.size());
  for (std::size_t k = 0; k < cosines.size(); ++k) {
    arf_set_mpfr(arb_midref(table[k].get()), cosines[k].backend().data());
  }
  std::vector<Ball> coefficients;
  std::vector<Ball> row(count);
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t j = 0; j < count; ++j) row[j] = table[k * (2 * j + 1) % (4 * count)];
    Ball sum;
    arb_approx_dot(sum.get(), nullptr, 0, row.front().get(), 1, values.front().get(), 1,
                   static_cast<slong>(count), bits_of<T>);
    arb_mul_ui(sum.get(), sum.get(), k == 0 ? 1 : 2, bits_of<T>);
    arb_div_ui(sum.get(), sum.get(), count, bits_of<T>);
    mag_zero(arb_radref(sum.get()));
    coefficients.push_back(std::move(sum));
  }
  return coefficients;
}

}  // namespace equiripple
