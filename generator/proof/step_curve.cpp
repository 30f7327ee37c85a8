// The function by its discs, target and weight by their continuation, on the box around a disc.
#include "generator/proof/step_curve.hpp"

#include <algorithm>
#include <limits>

#include "generator/function/enclose.hpp"
#include "generator/proof/continuation.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 128;
constexpr double infinite = std::numeric_limits<double>::infinity();

Ball last_of(std::vector<Ball> values) { return std::move(values.back()); }

// All complex numbers that are as far from the centre along either axis.
ComplexBall box_around(const Disc& disc) {
  ComplexBall box;
  arb_set(acb_realref(box.get()), disc.centre.get());
  arb_add_error(acb_realref(box.get()), disc.radius.get());
  arb_add_error(acb_imagref(box.get()), disc.radius.get());
  return box;
}

double log2_size(const ComplexBall& z) {
  Ball size;
  acb_abs(size.get(), z.get(), bits);
  return log2_magnitude(size);
}

}  // namespace

StepCurve::StepCurve(const StepClaim& claim)
    : discs_(claim.steps, claim.polynomials),
      target_(claim.target),
      weight_(claim.weight),
      unweighted_(claim.weight.is_one()) {
  for (const Interval& interval : claim.domain) {
    domain_.push_back({ball_of(interval.lower, bits), ball_of(interval.upper, bits)});
  }
}

Ball StepCurve::error(const Ball& x, const Ball& value, slong precision) const {
  Ball e = last_of(enclose_nodes(target_, x, precision));
  arb_sub(e.get(), e.get(), value.get(), precision);
  if (!unweighted_) {
    arb_mul(e.get(), e.get(), last_of(enclose_nodes(weight_, x, precision)).get(), precision);
  }
  return e;
}

// What lies beside the interval that holds the middle is left out, where its ends are exact.
Ball StepCurve::arguments_of(const Piece& piece) const {
  const Disc disc = disc_on(piece, 1);
  Ball x = disc.centre;
  arb_add_error(x.get(), disc.radius.get());
  const auto interval = std::ranges::find_if(domain_, [&](const Ends& ends) {
    return arf_cmp(arb_midref(x.get()), arb_midref(ends.upper.get())) <= 0;
  });
  return interval == domain_.end() ? x : cut(x, interval->lower, interval->upper);
}

Ball StepCurve::value(const Ball& x, slong precision) const {
  return error(x, discs_.value(x, precision), precision);
}

Ball StepCurve::range(const Piece& piece) const {
  return error(arguments_of(piece), discs_.values_around(disc_on(piece, 1)), bits);
}

double StepCurve::remainder_log2(const Piece& piece, int nodes, double wanted_log2) const {
  const Ball x = arguments_of(piece);
  const Continuation f(target_, x);
  const Continuation w(weight_, x);
  double best = infinite;
  for (const double rho : {4.0, 16.0, 64.0}) {
    const Disc disc = disc_on(piece, (rho + 1 / rho) / 2 * (1 + 0x1p-40));
    const double value = log2_magnitude(discs_.values_around(disc));
    if (!(value < infinite)) break;
    const ComplexBall box = box_around(disc);
    const double weight = unweighted_ ? 0 : log2_size(w(box));
    const double size = weight + std::max(value, log2_size(f(box))) + 1;
    if (!(size < infinite)) break;
    best = std::min(best, interpolation_error_log2(size, rho, nodes));
    if (best <= wanted_log2) break;
  }
  return best;
}

Rational StepCurve::argument(const Parameter& x) const { return to_rational(x); }

}  // namespace equiripple
