// For |y - y0| <= d, with T_k(y) = cos(k theta):
// (1) |T_k(y) - T_k(y0)| <= T_k(1 + d) - 1 <= (k / n)^2 (T_n(1 + d) - 1) for k <= n: no derivative
//     of T_k is larger on [-1, 1] than at 1;
// (2) |theta - theta0| <= e = d / sqrt((1 - |y0| - d) (1 + |y0| - d)) where that is real, and then
//     |cos(k theta) - cos(k theta0)| <= k e cosh(n e).  [both proved]
// (3) For small degrees, Taylor's sum about y0: it sees where a stage is flat, as near 1.
// Of products |z w - z0 w0| <= |z0| s + |w0| r + r s for |z - z0| <= r, |w - w0| <= s.
#include "generator/proof/step_discs.hpp"

#include <utility>

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

Disc image_of(const StepDiscs::Stage& stage, const Disc& disc) {
  const StoredPolynomial& p = stage.polynomial;
  const Ball y = p.mapped(disc.centre, bits);
  if (!is_inside(y)) return {nowhere(), nowhere()};
  Ball d;
  arb_div(d.get(), disc.radius.get(), p.half_width().get(), bits);
  const Ball general = smaller(spread_near_end(p, d), spread_inside(p, y, d));
  return {p.value(y, bits), smaller(general, stage.spread(y, d, bits))};
}

struct DiscMap {
  const std::vector<StepDiscs::Stage>& stages;

  Disc polynomial(std::size_t index, const Disc& disc) const {
    return image_of(stages[index], disc);
  }

  Disc square(const Disc& disc) const { return product(disc, disc); }

  Disc product(const Disc& x, const Disc& y) const {
    Ball left;
    arb_abs(left.get(), x.centre.get());
    Ball right;
    arb_abs(right.get(), y.centre.get());
    Disc disc;
    arb_mul(disc.centre.get(), x.centre.get(), y.centre.get(), bits);
    arb_mul(disc.radius.get(), left.get(), y.radius.get(), bits);
    arb_addmul(disc.radius.get(), right.get(), x.radius.get(), bits);
    arb_addmul(disc.radius.get(), x.radius.get(), y.radius.get(), bits);
    return disc;
  }

  Disc sum(const Disc& x, const Disc& y) const {
    Disc disc;
    arb_add(disc.centre.get(), x.centre.get(), y.centre.get(), bits);
    arb_add(disc.radius.get(), x.radius.get(), y.radius.get(), bits);
    return disc;
  }

  Disc affine(const Step& step, const Disc& disc) const {
    const Ball scale = ball_of(step.scale, bits);
    Disc mapped;
    arb_mul(mapped.centre.get(), disc.centre.get(), scale.get(), bits);
    arb_add(mapped.centre.get(), mapped.centre.get(), ball_of(step.offset, bits).get(), bits);
    arb_mul(mapped.radius.get(), disc.radius.get(), scale.get(), bits);
    arb_abs(mapped.radius.get(), mapped.radius.get());
    return mapped;
  }
};

struct BallMap {
  const std::vector<StepDiscs::Stage>& stages;
  slong precision;

  Ball polynomial(std::size_t index, const Ball& x) const {
    const StoredPolynomial& p = stages[index].polynomial;
    const Ball y = p.mapped(x, precision);
    return is_inside(y) ? p.value(y, precision) : nowhere();
  }

  Ball square(const Ball& x) const {
    Ball y;
    arb_sqr(y.get(), x.get(), precision);
    return y;
  }

  Ball product(const Ball& x, const Ball& y) const {
    Ball z;
    arb_mul(z.get(), x.get(), y.get(), precision);
    return z;
  }

  Ball sum(const Ball& x, const Ball& y) const {
    Ball z;
    arb_add(z.get(), x.get(), y.get(), precision);
    return z;
  }

  Ball affine(const Step& step, const Ball& x) const {
    Ball y;
    arb_mul(y.get(), x.get(), ball_of(step.scale, precision).get(), precision);
    arb_add(y.get(), y.get(), ball_of(step.offset, precision).get(), precision);
    return y;
  }
};

}  // namespace

StepDiscs::StepDiscs(Steps steps, const std::vector<ChebyshevSeries>& polynomials)
    : steps_(std::move(steps)) {
  for (const ChebyshevSeries& stage : polynomials) {
    stages_.push_back({StoredPolynomial(stage), TaylorSpread(stage)});
  }
}

Ball StepDiscs::value(const Ball& x, slong precision) const {
  return values_of(steps_, x, BallMap{stages_, precision}).back();
}

Ball StepDiscs::values_around(const Disc& disc) const {
  Disc end = values_of(steps_, disc, DiscMap{stages_}).back();
  arb_add_error(end.centre.get(), end.radius.get());
  return end.centre;
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

}  // namespace equiripple
