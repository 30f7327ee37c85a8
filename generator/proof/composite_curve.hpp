// The error of a composition of stages as a curve of x > 0: |P(x) - 1|, or ReLU's x |P(x) - 1| / 2.
//
// From the end of the gap on, the last stage's own proof bounds |P - 1|; before it, and where that
// is not sharp enough, the composition itself is looked at. A disc around a point of the real axis
// is carried through the stages: its centre is evaluated, its radius grows by what the stage can do
// to it. The composition is analytic everywhere.
#pragma once

#include <vector>

#include "generator/proof/curve.hpp"
#include "generator/proof/stored_polynomial.hpp"
#include "generator/proof/taylor_spread.hpp"

namespace equiripple {

/// Stages p_1, ..., p_k of a composite sign P, each odd, for gap_end <= |x| <= range.
struct CompositeClaim {
  std::vector<ChebyshevSeries> stages;
  Rational gap_end;
  Rational range;
  Rational last_error;  // proved: |P(x) - sign(x)| <= this for gap_end <= |x| <= range
};

enum class CompositeMetric { sign, relu };  // |P - 1|, or x |P - 1| / (2 range)

class CompositeCurve final : public Curve {
 public:
  struct Stage {
    StoredPolynomial polynomial;
    TaylorSpread spread;
  };

  CompositeCurve(const CompositeClaim& claim, CompositeMetric metric);

  [[nodiscard]] Ball value(const Ball& x, slong bits) const override;
  [[nodiscard]] Ball known_bound(const Piece& piece) const override;
  [[nodiscard]] Ball range(const Piece& piece) const override;
  [[nodiscard]] double remainder_log2(const Piece& piece, int nodes,
                                      double wanted_log2) const override;
  [[nodiscard]] Rational argument(const Parameter& x) const override;

 private:
  [[nodiscard]] Ball error(const Ball& x, const Ball& p, slong bits) const;

  [[nodiscard]] Ball composition(const Ball& x, slong bits) const;

  std::vector<Stage> stages_;
  CompositeMetric metric_;
  Ball range_;
  Parameter gap_end_;
  Ball last_error_;
};

}  // namespace equiripple
