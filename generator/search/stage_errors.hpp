// How the error of a stage of sign depends on its domain: curves, made while they are asked for.
//
// The minimax error E of odd degree d on [-b, -a] u [a, b] depends on a / b alone, that is, on the
// spread s = (b - a) / (b + a): up to a factor the domain is [1 - s, 1 + s]. The next stage's
// spread is E, or with a margin E + margin. E rises with s, so that everything a search compares
// can be compared by spreads. Spreads and errors are held as log(s / (1 - s)): that resolves both
// ends, and between them the curves are smooth and nearly straight.
//
// The curves are exchanges in double at Chebyshev points of pieces, interpolated: good to 2^-20 of
// E and of 1 - E where E is above 2^-24, measured (tests/generator/stage_errors_test); below that
// to 2^-12 up to degree 63. They rank and prune; what is chosen by them is solved again.
#pragma once

#include <optional>
#include <vector>

#include "generator/search/stage_curve.hpp"

namespace equiripple {

/// The spread of the domain gap <= |x| <= 1.
[[nodiscard]] Logit spread_of_gap(double gap);

/// The spread of the domain after a stage with this error; none where the margin closes the gap.
[[nodiscard]] std::optional<Logit> next_spread(Logit error, double margin);

inline constexpr double widest_logit = 400;  // beyond every gap of interest

class StageErrors {
 public:
  using Values = StageValues;

  /// Of an odd degree from 1.
  [[nodiscard]] Values at(int degree, Logit spread);

  /// The widest spread with at most this error.
  [[nodiscard]] Logit spread_for(int degree, Logit error);

 private:
  std::vector<std::optional<StageCurve>> curves_;  // of degrees 1, 3, 5, ...
};

}  // namespace equiripple
