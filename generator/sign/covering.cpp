// Two polynomials on one basis differ by at most the sum of the differences of their coefficients,
// since |T_k| <= 1: errors and ranges are widened by that, and the next stage's domain must still
// hold the range.
#include "generator/sign/covering.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

// What lies within `error` of 1 and, by what is proved of the stage, at most at `upper`; with its
// mirror image.
Domain range_within(const Rational& error, const Rational& upper) {
  const Rational lower = 1 - error;
  const Rational highest = std::min(Rational(1 + error), upper);
  Domain range;
  if (lower > 0) {
    range = {{-highest, -lower}, {lower, highest}};
  } else {
    range = {{-highest, highest}};
  }
  return rounded_outward(range);
}

}  // namespace

CoveredSign covering(CompositeSign sign, const std::vector<ChebyshevSeries>& computed) {
  Escape escape;
  for (std::size_t i = 0; i < sign.stages.size() && escape.stage == 0; ++i) {
    SignStage& stage = sign.stages[i];
    const Rational distance = coefficient_distance(stage.polynomial, computed[i]);
    stage.error.upper += distance;
    stage.error = rounded_outward(stage.error);
    stage.range = range_within(stage.error.upper, stage.range.back().upper + distance);
    if (i + 1 == sign.stages.size()) break;
    const Interval& next = sign.stages[i + 1].domain.back();
    const Interval& range = stage.range.back();
    const Rational shift = sign.shifts.empty() ? Rational(0) : sign.shifts[i + 1];
    const Rational by =
        std::max(Rational(next.lower - range.lower), Rational(range.upper - next.upper)) + shift;
    if (by > 0) escape = {.stage = static_cast<int>(i) + 1, .by = by};
  }
  return {std::move(sign), std::move(escape)};
}

}  // namespace equiripple
