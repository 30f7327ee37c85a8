// 1/x from a start: Goldschmidt's iteration [Gol64], each step as good as a step can be.
//
// Let s = x p(x) with |s - 1| <= E < 1, for a start p. The program computes
//     f_0 = offset_0 + slope s,    y_0 = gain p,
//     f_{k+1} = 2 f_k^2 + shift_k,    y_{k+1} = 2 y_k (f_k + offset_k).
// With slope = -offset_0, shift_k = -F_k^2 where |f_k| <= F_k, and offset_{k+1} = 2 offset_k^2 +
// shift_k, the value of f_k at x = 0, it follows by induction that x y_k = B (offset_k - f_k) with
// B = gain / offset_0. So e_k = f_k / offset_k, and E_k = F_k / offset_k obeys
//     E_{k+1} = E_k^2 / (2 - E_k^2),
// which is T_2 at work: where p is minimax of degree d, of error 1 / T_{d+1}(z), the result is the
// minimax polynomial of degree 2^n (d + 1) - 1. Goldschmidt's own step, E^2, is shift 0. The free
// scale of f is spent so that the last offset is 1 (then all are in [1/sqrt 2, 1]).
//
// Scalars are binary64; what rounding them does is enclosed, not neglected. Pure.
#pragma once

#include <vector>

#include "generator/domain.hpp"

namespace equiripple {

struct GoldschmidtScalars {
  Rational slope;
  Rational gain;
  std::vector<Rational> offsets;  // one a correction, at least one
  std::vector<Rational> shifts;   // between them: one fewer
};

/// For a start of relative error at most `start_error`, between 0 and 1; corrections >= 1.
[[nodiscard]] GoldschmidtScalars goldschmidt_scalars(const Rational& start_error, int corrections);

/// An upper bound of |x y_n - 1| over all starts of relative error at most `start_error`, for these
/// scalars whatever they are.
[[nodiscard]] Rational goldschmidt_error(const GoldschmidtScalars& scalars,
                                         const Rational& start_error);

/// An enclosure of x y_n where s = x p(x) is in `s`.
[[nodiscard]] Interval goldschmidt_value(const GoldschmidtScalars& scalars, const Interval& s);

/// The largest |s - 1|, |f_k| + |offset_k| or 2 f_k^2 + |shift_k|: what the sums of the program
/// amount to. All but x and y are numbers without units.
[[nodiscard]] Rational goldschmidt_growth(const GoldschmidtScalars& scalars,
                                          const Rational& start_error);

}  // namespace equiripple
