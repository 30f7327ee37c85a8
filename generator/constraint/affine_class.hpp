// The polynomials that keep conditions: p = offset + factor q, q free.
//
// offset is the Hermite interpolant of the conditions (with the leading term, if it is given), and
// factor = prod (x - x_i)^m_i. A parity of p leaves q one, too.
#pragma once

#include <optional>

#include "generator/chebyshev.hpp"
#include "generator/constraint/conditions.hpp"

namespace equiripple {

struct AffineClass {
  std::vector<PointCondition> conditions{};  // completed for the parity, ascending
  std::vector<Rational> nodes{};             // the roots of factor, ascending, repeated
  std::vector<Rational> newton{};  // of offset without the leading term: c_0 + (x - n_0)(c_1 + ...)
  Rational leading = 0;            // of offset: the coefficient of x^degree
  int degree = 0;
  Parity parity = Parity::none;  // of p
  int free_degree = -1;          // the highest power of q; -1: offset is the only one
  Parity free_parity = Parity::none;

  /// p of q on one basis, exactly.
  [[nodiscard]] ChebyshevSeries lifted(const ChebyshevSeries& q) const;

  /// (f - offset) / factor and weight |factor|, of which q is to be the best approximation: the
  /// error is that of p with the sign of factor.
  [[nodiscard]] Expression free_target(const Expression& target) const;
  [[nodiscard]] Expression free_weight(const Expression& weight) const;
};

/// The polynomials of the degree and parity that keep the conditions; empty where there are none.
[[nodiscard]] std::optional<AffineClass> affine_class(const Conditions& conditions, int degree,
                                                      Parity parity);

/// The lowest degree of polynomials of the parity that keep the conditions, up to `highest`; empty
/// where there is none.
[[nodiscard]] std::optional<int> lowest_degree(const Conditions& conditions, Parity parity,
                                               int highest);

/// (x - root) times the series, exactly; without its parity.
[[nodiscard]] std::vector<Rational> times_root(const std::vector<Rational>& coefficients,
                                               const Interval& basis, const Rational& root);

}  // namespace equiripple
