// The gap at which the error of ReLU inside the gap equals the error outside it, for given degrees.
//
// Outside, |x| |P - sign| / 2 is at most E / 2, where E is the error of the last stage: attained at
// x = 1. Inside, P rises from 0 with slope s = the product of the stages' slopes at 0 and stays
// below its tangent (measured for every composition that was looked at), so that the error is at
// least max x (1 - s x) / 2 = 1 / (8 s), and in fact 1.02 to 1.2 times that. E falls and 1 / s
// rises with the gap: the best gap is where they balance.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "generator/numbers/real.hpp"
#include "generator/search/stage_errors.hpp"

namespace equiripple {

/// The margin that was asked for, or else default_margin(gap).
struct MarginRule {
  std::optional<Rational> fixed{};
  Rational at(const Rational& gap) const;
};

/// The error on both sides of the gap, by the curves, the tangent in place of P.
struct ReluSides {
  double log_outside = 0;  // of E / 2
  double log_inside = 0;

  double excess() const { return log_outside - log_inside; }
  double error() const { return std::exp(std::max(log_outside, log_inside)); }
};

/// None where the margin, or the noise of the refresh before each stage (composite.hpp), closes the
/// gap of a stage. Noise moves the tangent by its amount n at the end of it: (1 + n)^2 / (8 s).
[[nodiscard]] std::optional<ReluSides> estimated_sides(const std::vector<int>& degrees, double gap,
                                                       double margin, StageErrors& errors,
                                                       const std::vector<Rational>& noise = {});

struct ReluBalance {
  Rational gap;      // a binary64 number
  double error = 1;  // of max |x| |P - sign| / 2
};

/// By the curves, with the tangent in place of P: no larger than the error, up to the curves'
/// accuracy. Microseconds.
[[nodiscard]] ReluBalance estimated_balance(const std::vector<int>& degrees,
                                            const MarginRule& margin, StageErrors& errors,
                                            const std::vector<Rational>& noise = {});

/// How far the error of measured_balance may be from the truth, relatively; measured to be better.
inline constexpr double balance_accuracy = 0x1p-11;

/// By exchanges in double; from an estimate. Milliseconds.
[[nodiscard]] ReluBalance measured_balance(const std::vector<int>& degrees,
                                           const MarginRule& margin, const ReluBalance& estimate,
                                           const std::vector<Rational>& noise = {});

}  // namespace equiripple
