// The error weight (f - p) of a stored polynomial as a curve of theta, x = centre + half
// cos(theta).
//
// In theta the polynomial is a sum of cosines, bounded in the complex strip |Im theta| <= h by
// S cosh(n h): no piece needs to be shorter where the ends of the basis are near.
#pragma once

#include <vector>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"
#include "generator/proof/curve.hpp"
#include "generator/proof/stored_polynomial.hpp"

namespace equiripple {

class ErrorCurve final : public Curve {
 public:
  /// Pieces are of `domain`, also where rounding has them reach beyond an end of it: a function may
  /// jump there.
  ErrorCurve(const Expression& target, const Expression& weight, const ChebyshevSeries& stored,
             const Domain& domain);

  [[nodiscard]] Ball value(const Ball& theta, slong bits) const override;
  [[nodiscard]] Ball range(const Piece& piece) const override;
  [[nodiscard]] double remainder_log2(const Piece& piece, int nodes,
                                      double wanted_log2) const override;
  [[nodiscard]] double terms_log2() const override { return polynomial_.log2_norm(); }
  [[nodiscard]] Rational argument(const Parameter& theta) const override;

  /// The error at x itself.
  [[nodiscard]] Ball value_at(const Rational& x, slong bits) const;

  /// The piece of theta that holds an interval inside the basis.
  [[nodiscard]] Piece piece_of(const Interval& interval) const;

  const StoredPolynomial& polynomial() const { return polynomial_; }

 private:
  struct Ends {
    Ball lower;
    Ball upper;
  };

  [[nodiscard]] Ball error(const Ball& x, const Ball& p, slong bits) const;
  [[nodiscard]] Ball arguments_of(const Piece& piece) const;

  Expression target_;
  Expression weight_;
  bool unweighted_;
  bool constant_;  // target and weight: no continuation is needed
  StoredPolynomial polynomial_;
  std::vector<Ends> domain_{};  // ascending
};

}  // namespace equiripple
