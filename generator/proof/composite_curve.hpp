// The error of a composition of stages as a curve of x > 0: |P(x) - 1|, or ReLU's x |P(x) - 1| / 2.
//
// From the end of the gap on, the last stage's own proof bounds |P - 1|; before it, and where that
// is not sharp enough, the composition itself is looked at (step_discs.hpp).
#pragma once

#include <vector>

#include "generator/proof/step_discs.hpp"

namespace equiripple {

/// Stages p_1, ..., p_k of a composite sign P, each odd, for gap_end <= |x| <= range.
struct CompositeClaim {
  std::vector<ChebyshevSeries> stages;
  Rational gap_end;
  Rational range;
  Rational last_error;             // proved: |P(x) - sign(x)| <= this for gap_end <= |x| <= range
  std::vector<Rational> shifts{};  // taken from the stages' arguments, where P is of noise; or none
};

enum class CompositeMetric { sign, relu };  // |P - 1|, or x |P - 1| / (2 range)

class CompositeCurve final : public Curve {
 public:
  CompositeCurve(const CompositeClaim& claim, CompositeMetric metric);

  [[nodiscard]] Ball value(const Ball& x, slong bits) const override;
  [[nodiscard]] Ball known_bound(const Piece& piece) const override;
  [[nodiscard]] Ball range(const Piece& piece) const override;
  [[nodiscard]] double remainder_log2(const Piece& piece, int nodes,
                                      double wanted_log2) const override;
  [[nodiscard]] Rational argument(const Parameter& x) const override;

 private:
  [[nodiscard]] Ball error(const Ball& x, const Ball& p, slong bits) const;

  StepDiscs discs_;
  CompositeMetric metric_;
  Ball range_;
  Parameter gap_end_;
  Ball last_error_;
};

}  // namespace equiripple
