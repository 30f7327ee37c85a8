// The levelled polynomial of a class that lacks some powers: a linear system, by elimination.
//
// With exponents e_0 < e_1 < ... of u, as many as points less one,
//   sum c_j u_i^e_j + s_i h / (w_i factor_i) = f_i / factor_i,    s_i = (-1)^i.
// The last row z of the inverse annihilates all powers, so that h = sum z_i f_i / factor_i: what it
// does not annihilate, of the powers as computed, is the noise of h. Powers are those of u over the
// largest |u|. That such a system is nearly singular costs bits, which higher rungs have.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "generator/exchange/problem.hpp"

namespace equiripple {

/// y^exponent; exponent >= 0.
template <class T>
T whole_power(T y, int exponent) {
  T power = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) power *= y;
    if (exponent > 1) y *= y;
  }
  return power;
}

/// A square matrix as L U with its rows exchanged; singular where a pivot is 0.
template <class T>
class Elimination {
 public:
  explicit Elimination(std::vector<std::vector<T>> rows) : rows_(std::move(rows)) {
    const std::size_t n = rows_.size();
    for (std::size_t i = 0; i < n; ++i) order_.push_back(i);
    for (std::size_t k = 0; k < n; ++k) {
      std::size_t pivot = k;
      for (std::size_t i = k + 1; i < n; ++i) {
        if (real_abs(rows_[i][k]) > real_abs(rows_[pivot][k])) pivot = i;
      }
      std::swap(rows_[k], rows_[pivot]);
      std::swap(order_[k], order_[pivot]);
      if (rows_[k][k] == 0) return;
      for (std::size_t i = k + 1; i < n; ++i) {
        const T share = rows_[i][k] / rows_[k][k];
        rows_[i][k] = share;
        for (std::size_t j = k + 1; j < n; ++j) rows_[i][j] -= share * rows_[k][j];
      }
    }
    is_regular_ = true;
  }

  bool is_regular() const { return is_regular_; }

  /// x of A x = right.
  std::vector<T> solve(const std::vector<T>& right) const {
    const std::size_t n = rows_.size();
    std::vector<T> x(n);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = right[order_[i]];
      for (std::size_t j = 0; j < i; ++j) x[i] -= rows_[i][j] * x[j];
    }
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = i + 1; j < n; ++j) x[i] -= rows_[i][j] * x[j];
      x[i] /= rows_[i][i];
    }
    return x;
  }

  /// The last row of the inverse: z of z A = (0, ..., 0, 1).
  std::vector<T> last_row_of_inverse() const {
    const std::size_t n = rows_.size();
    std::vector<T> y(n, 0);
    y[n - 1] = T(1) / rows_[n - 1][n - 1];
    for (std::size_t i = n - 1; i-- > 0;) {
      for (std::size_t j = i + 1; j < n; ++j) y[i] -= rows_[j][i] * y[j];
    }
    std::vector<T> z(n);
    for (std::size_t i = 0; i < n; ++i) z[order_[i]] = y[i];
    return z;
  }

 private:
  std::vector<std::vector<T>> rows_;
  std::vector<std::size_t> order_;
  bool is_regular_ = false;
};

template <class T>
struct PowerLevelled {
  std::vector<int> exponents{};   // of u
  T unit = 1;                     // the largest |u|
  std::vector<T> coefficients{};  // of (u / unit)^exponent
  T level;                        // signed: the error at the last point
  T noise;                        // of it, and of the errors at the points

  T operator()(const T& u) const {
    const T y = u / unit;
    T sum = 0;
    for (std::size_t j = exponents.size(); j-- > 0;) {
      const int next = j > 0 ? exponents[j - 1] : 0;
      sum = (sum + coefficients[j]) * whole_power(y, exponents[j] - next);
    }
    return sum;
  }

  /// What rounding may do to the value.
  T noise_at(const T& u) const {
    const T y = real_abs(T(u / unit));
    T sum = 0;
    for (std::size_t j = 0; j < exponents.size(); ++j) {
      sum += real_abs(coefficients[j]) * whole_power(y, exponents[j]);
    }
    return sum * unit_roundoff<T>() * static_cast<double>(exponents.size());
  }
};

/// Its level is not finite where the system is singular to the rung.
template <class T>
PowerLevelled<T> levelled_powers(const Problem<T>& problem, const std::vector<T>& reference) {
  PowerLevelled<T> result{.exponents = problem.exponents(), .level = 0, .noise = 0};
  const std::size_t m = reference.size();
  std::vector<T> u;
  for (const T& x : reference) u.push_back(problem.map(x));
  result.unit = real_abs(u.front());
  for (const T& value : u) result.unit = std::max(result.unit, real_abs(value));
  std::vector<std::vector<T>> rows(m);
  std::vector<T> right;
  std::vector<T> reciprocal_weights;
  for (std::size_t i = 0; i < m; ++i) {
    const T y = u[i] / result.unit;
    for (std::size_t j = 0; j + 1 < m; ++j) {
      rows[i].push_back(j == 0 ? whole_power(y, result.exponents[0])
                               : T(rows[i].back() *
                                   whole_power(y, result.exponents[j] - result.exponents[j - 1])));
    }
    const T factor = problem.factor(reference[i]);
    reciprocal_weights.push_back(T(1) / (problem.weight(reference[i]) * factor));
    rows[i].push_back((m - 1 - i) % 2 == 0 ? reciprocal_weights[i] : T(-reciprocal_weights[i]));
    right.push_back(problem.target(reference[i]) / factor);
  }
  const Elimination<T> elimination(rows);
  if (!elimination.is_regular()) {
    result.coefficients.assign(m - 1, 0);
    result.noise = T(1) / result.noise;
    result.level = result.noise;
    return result;
  }
  result.coefficients = elimination.solve(right);
  result.coefficients.pop_back();
  const std::vector<T> z = elimination.last_row_of_inverse();
  for (std::size_t i = 0; i < m; ++i) result.level += z[i] * right[i];
  T rounding = 0;
  for (std::size_t i = 0; i < m; ++i) rounding += real_abs(T(z[i] * right[i]));
  for (std::size_t j = 0; j + 1 < m; ++j) {
    T left = 0;
    T size = 0;
    for (std::size_t i = 0; i < m; ++i) {
      left += z[i] * rows[i][j];
      size += real_abs(T(z[i] * rows[i][j]));
    }
    rounding += size * real_abs(result.coefficients[j]);
    result.noise += real_abs(T(left * result.coefficients[j]));
  }
  result.noise += rounding * unit_roundoff<T>() * static_cast<double>(m);
  for (std::size_t i = 0; i < m; ++i) {
    T left = right[i] - result.level * rows[i].back();
    for (std::size_t j = 0; j + 1 < m; ++j) left -= result.coefficients[j] * rows[i][j];
    result.noise = std::max(result.noise, real_abs(T(left / reciprocal_weights[i])));
  }
  return result;
}

}  // namespace equiripple
