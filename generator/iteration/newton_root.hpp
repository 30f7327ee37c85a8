// 1/sqrt(x) and sqrt(x) from a start: Newton's iteration, each step the best odd cubic.
//
// Let s = sqrt(x) p(x) with |s - 1| <= E < 1, for a start p of 1/sqrt(x). A step
//     y <- linear y + cubic x y^3      makes      s <- s (linear + cubic s^2),
// so that any scalars do, and those are best whose cubic is minimax to 1 on the range [l, u] of s:
// it equioscillates at l, at m = sqrt((l^2 + l u + u^2) / 3) inside, and at u [LLNK20], whence
//     cubic = -2 / (l u (l + u) + 2 m^3),    linear = -3 m^2 cubic.
// Newton's own step is linear 3/2, cubic -1/2: the limit for E -> 0. The range after the step is
// that of the cubic, with the scalars as rounded to binary64. Pure.
#pragma once

#include <vector>

#include "generator/domain.hpp"

namespace equiripple {

struct RootStep {
  Rational linear;
  Rational cubic;
};

/// For a start of relative error at most `start_error`, between 0 and 1.
[[nodiscard]] std::vector<RootStep> root_steps(const Rational& start_error, int corrections);

/// An upper bound of |sqrt(x) y_n - 1| over all starts of relative error at most `start_error`, for
/// these scalars whatever they are; the same bounds x y_n as sqrt(x).
[[nodiscard]] Rational root_error(const std::vector<RootStep>& steps, const Rational& start_error);

/// An enclosure of sqrt(x) y_n where s = sqrt(x) p(x) is in `s`.
[[nodiscard]] Interval root_value(const std::vector<RootStep>& steps, Interval s);

/// The largest |linear| s + |cubic| s^3 of all steps: a sum of the program is that, over sqrt(x).
[[nodiscard]] Rational root_growth(const std::vector<RootStep>& steps, const Rational& start_error);

/// Of q >= 0, to 256 bits.
[[nodiscard]] Interval square_root_of(const Rational& q);

}  // namespace equiripple
