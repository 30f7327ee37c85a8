// For |y - y0| <= d, with T_k(y) = cos(k theta):
// (1) |T_k(y) - T_k(y0)| <= T_k(1 + d) - 1 <= (k / n)^2 (T_n(1 + d) - 1) for k <= n: no derivative
//     of T_k is larger on [-1, 1] than at 1;
// (2) |theta - theta0| <= e = d / sqrt((1 - |y0| - d) (1 + |y0| - d)) where that is real, and then
//     |cos(k theta) - cos(k theta0)| <= k e cosh(n e).  [both proved]
// (3) For small degrees, Taylor's sum about y0: it sees where a stage is flat, as near 1.
#include "generator/proof/composite_curve.hpp"

#include <limits>

namespace equiripple {
namespace {

constexpr slong bits = 128;

Ball one() {
  Ball unit;
  arb_one(unit.get());
  return unit;
}

Ball smaller(const Ball& a, const Ball& b) {
  Ball least;
  arb_min(least.get(), a.get(), b.get(), bits);
  return least;
}

// (1): D2 (T_n(1 + d) - 1) / n^2, where T_n(1 + d) - 1 = 2 sinh(n arcsinh(sqrt(d / 2)))^2.
Ball spread_near_end(const StoredPolynomial& stage, const Ball& d) {
  Ball s;
  arb_mul_2exp_si(s.get(), d.get(), -1);
  arb_sqrt(s.get(), s.get(), bits);
  arb_asinh(s.get(), s.get(), bits);
  arb_mul_si(s.get(), s.get(), stage.degree(), bits);
  arb_sinh(s.get(), s.get(), bits);
  arb_sqr(s.get(), s.get(), bits);
  arb_mul_2exp_si(s.get(), s.get(), 1);
  arb_mul(s.get(), s.get(), stage.steepness().get(), bits);
  const slong n = std::max(1, stage.degree());
  arb_div_si(s.get(), s.get(), n * n, bits);
  return s;
}

// (2), where it applies.
Ball spread_inside(const StoredPolynomial& stage, const Ball& y, const Ball& d) {
  Ball size;
  arb_abs(size.get(), y.get());
  Ball before;  // 1 - |y| - d
  arb_sub(before.get(), one().get(), size.get(), bits);
  arb_sub(before.get(), before.get(), d.get(), bits);
  Ball after;  // 1 + |y| - d
  arb_add(after.get(), one().get(), size.get(), bits);
  arb_sub(after.get(), after.get(), d.get(), bits);
  Ball spread;
  if (!before.is_positive() || !after.is_positive()) {
    arb_pos_inf(spread.get());
    return spread;
  }
  arb_mul(spread.get(), before.get(), after.get(), bits);
  arb_rsqrt(spread.get(), spread.get(), bits);
  arb_mul(spread.get(), spread.get(), d.get(), bits);
  Ball growth;
  arb_mul_si(growth.get(), spread.get(), stage.degree(), bits);
  arb_cosh(growth.get(), growth.get(), bits);
  arb_mul(spread.get(), spread.get(), growth.get(), bits);
  arb_mul(spread.get(), spread.get(), stage.slope().get(), bits);
  return spread;
}

struct Disc {
  Ball centre;
  Ball radius;
};

// Bounds of a stage hold where its argument is inside its basis.
bool is_inside(const Ball& y) {
  Ball room;
  arb_abs(room.get(), y.get());
  arb_sub(room.get(), one().get(), room.get(), bits);
  return room.is_nonnegative();
}

Ball nowhere() {
  Ball ball;
  arb_indeterminate(ball.get());
  return ball;
}

Disc image(const CompositeCurve::Stage& stage, const Disc& disc) {
  const StoredPolynomial& p = stage.polynomial;
  const Ball y = p.mapped(disc.centre, bits);
  if (!is_inside(y)) return {nowhere(), nowhere()};
  Ball d;
  arb_div(d.get(), disc.radius.get(), p.half_width().get(), bits);
  const Ball general = smaller(spread_near_end(p, d), spread_inside(p, y, d));
  return {p.value(y, bits), smaller(general, stage.spread(y, d, bits))};
}

Disc through(const std::vector<CompositeCurve::Stage>& stages, Disc disc) {
  for (const CompositeCurve::Stage& stage : stages) disc = image(stage, disc);
  return disc;
}

Disc disc_on(const Piece& piece, double scale) {
  Disc disc{exact_ball<256>(piece.centre()), exact_ball<256>(piece.radius())};
  arf_t factor;
  arf_init(factor);
  arf_set_d(factor, scale);
  arb_mul_arf(disc.radius.get(), disc.radius.get(), factor, bits);
  arf_clear(factor);
  return disc;
}

}  // namespace

CompositeCurve::CompositeCurve(const CompositeClaim& claim, CompositeMetric metric)
    : metric_(metric),
      range_(ball_of(claim.range, bits)),
      gap_end_(from_rational<Parameter>(claim.gap_end)),
      last_error_(ball_of(claim.last_error, bits)) {
  for (const ChebyshevSeries& stage : claim.stages) {
    stages_.push_back({StoredPolynomial(stage), TaylorSpread(stage)});
  }
}

Ball CompositeCurve::composition(const Ball& x, slong precision) const {
  Ball value = x;
  for (const Stage& stage : stages_) {
    const Ball y = stage.polynomial.mapped(value, precision);
    if (!is_inside(y)) return nowhere();
    value = stage.polynomial.value(y, precision);
  }
  return value;
}

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
  return error(x, composition(x, precision), precision);
}

Ball CompositeCurve::known_bound(const Piece& piece) const {
  if (piece.lower < gap_end_) return nowhere();
  Ball p;  // 1 + last_error, for x at the upper end
  arb_add(p.get(), one().get(), last_error_.get(), bits);
  return error(exact_ball<256>(piece.upper), p, bits);
}

Ball CompositeCurve::range(const Piece& piece) const {
  const Disc start = disc_on(piece, 1);
  Disc end = through(stages_, start);
  Ball x = start.centre;
  arb_add_error(x.get(), start.radius.get());
  arb_add_error(end.centre.get(), end.radius.get());
  return error(x, end.centre, bits);
}

double CompositeCurve::remainder_log2(const Piece& piece, int nodes, double wanted_log2) const {
  double best = std::numeric_limits<double>::infinity();
  for (const double rho : {4.0, 16.0, 64.0}) {
    const Disc start = disc_on(piece, (rho + 1 / rho) / 2 * (1 + 0x1p-40));
    const Disc end = through(stages_, start);
    Ball p = end.centre;
    arb_add_error(p.get(), end.radius.get());
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
