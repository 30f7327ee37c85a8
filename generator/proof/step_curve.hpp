// The error weight (f - F) of a function F made of steps, as a curve of x.
#pragma once

#include <optional>
#include <vector>

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"
#include "generator/proof/step_discs.hpp"

namespace equiripple {

/// That F, of these steps and polynomials, is near the target on the domain: weight |f - F|.
struct StepClaim {
  Steps steps;
  std::vector<ChebyshevSeries> polynomials;
  Expression target;
  Expression weight;
  Domain domain;                    // inside the basis of what reads the input
  std::optional<Rational> known{};  // proved elsewhere: a bound of the error
};

class StepCurve final : public Curve {
 public:
  explicit StepCurve(const StepClaim& claim);

  [[nodiscard]] Ball value(const Ball& x, slong bits) const override;
  [[nodiscard]] Ball range(const Piece& piece) const override;
  [[nodiscard]] double remainder_log2(const Piece& piece, int nodes,
                                      double wanted_log2) const override;
  [[nodiscard]] Rational argument(const Parameter& x) const override;

 private:
  struct Ends {
    Ball lower;
    Ball upper;
  };

  [[nodiscard]] Ball error(const Ball& x, const Ball& value, slong bits) const;
  [[nodiscard]] Ball arguments_of(const Piece& piece) const;

  StepDiscs discs_;
  Expression target_;
  Expression weight_;
  bool unweighted_;
  std::vector<Ends> domain_{};  // ascending
};

}  // namespace equiripple
