// The discs of a chain of steps (step_discs.hpp), and what is made of them.
#include "generator/proof/composite_curve.hpp"

#include <limits>
#include <utility>

namespace equiripple {
namespace {

constexpr slong bits = 128;

Ball one() {
  Ball unit;
  arb_one(unit.get());
  return unit;
}

Ball nowhere() {
  Ball ball;
  arb_indeterminate(ball.get());
  return ball;
}

Steps steps_of(const CompositeClaim& claim) {
  if (claim.shifts.empty()) return chain_of(claim.stages.size());
  Steps steps;
  for (std::size_t i = 0; i < claim.stages.size(); ++i) {
    if (claim.shifts[i] != 0) steps = with_affine(std::move(steps), 1, -claim.shifts[i]);
    steps.push_back({.left = static_cast<int>(steps.size()), .polynomial = static_cast<int>(i)});
  }
  return steps;
}

}  // namespace

CompositeCurve::CompositeCurve(const CompositeClaim& claim, CompositeMetric metric)
    : discs_(steps_of(claim), claim.stages),
      metric_(metric),
      range_(ball_of(claim.range, bits)),
      gap_end_(from_rational<Parameter>(claim.gap_end)),
      last_error_(ball_of(claim.last_error, bits)) {}

Ball CompositeCurve::error(const Ball& x, const Ball& p, slong precision) const {
  Ball e;
  arb_sub(e.get(), p.get(), one().get(), precision);
  if (metric_ == CompositeMetric::sign) return e;
  arb_mul(e.get(), e.get(), x.get(), precision);
  arb_mul_2exp_si(e.get(), e.get(), -1);
  arb_div(e.get(), e.get(), range_.get(), precision);
  return e;
}

Ball CompositeCurve::value(const Ball& x, slong precision) const {
  return error(x, discs_.value(x, precision), precision);
}

Ball CompositeCurve::known_bound(const Piece& piece) const {
  if (piece.lower < gap_end_) return nowhere();
  Ball p;  // 1 + last_error, for x at the upper end
  arb_add(p.get(), one().get(), last_error_.get(), bits);
  return error(exact_ball<256>(piece.upper), p, bits);
}

Ball CompositeCurve::range(const Piece& piece) const {
  const Disc start = disc_on(piece, 1);
  Ball x = start.centre;
  arb_add_error(x.get(), start.radius.get());
  return error(x, discs_.values_around(start), bits);
}

double CompositeCurve::remainder_log2(const Piece& piece, int nodes, double wanted_log2) const {
  double best = std::numeric_limits<double>::infinity();
  for (const double rho : {4.0, 16.0, 64.0}) {
    const Disc start = disc_on(piece, (rho + 1 / rho) / 2 * (1 + 0x1p-40));
    const Ball p = discs_.values_around(start);
    Ball x = start.centre;
    arb_add_error(x.get(), start.radius.get());
    Ball size;  // |x| (|P| + 1) / 2
    arb_abs(size.get(), p.get());
    arb_neg(size.get(), size.get());
    const double bound = log2_magnitude(error(x, size, bits));
    if (!(bound < std::numeric_limits<double>::infinity())) break;
    best = std::min(best, interpolation_error_log2(bound, rho, nodes));
    if (best <= wanted_log2) break;
  }
  return best;
}

Rational CompositeCurve::argument(const Parameter& x) const { return to_rational(x); }

}  // namespace equiripple
