// Integrals by Arb's adaptive Gauss-Legendre rule with error bounds on ellipses [Joh18].
//
// The square of an error is integrated in theta, x = centre + half cos(theta), where a polynomial
// is bounded off the real axis by its norm (see error_curve.hpp); a density alone in x.
#include "generator/proof/mean.hpp"

#include <algorithm>

#include "generator/function/enclose.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/numbers/ball.hpp"
#include "generator/proof/continuation.hpp"
#include "generator/proof/error_curve.hpp"
#include "generator/proof/stored_polynomial.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 256;  // chosen: errors of 2^-60 have 2^-120 for a square

// Complex-analytic where that is asked for, else an enclosure on a real piece.
class Integrand {
 public:
  virtual ~Integrand() = default;
  virtual ComplexBall operator()(const ComplexBall& z, bool analytic) const = 0;
};

// An expression at an argument that lies about `real`.
ComplexBall value_of(const Expression& f, const ComplexBall& z, const Ball& real, bool analytic) {
  if (analytic || arb_is_zero(acb_imagref(z.get())) == 0) return Continuation(f, real)(z);
  ComplexBall value;
  acb_set_arb(value.get(), enclose_nodes(f, real, bits).back().get());
  return value;
}

Ball real_part(const ComplexBall& z) {
  Ball real;
  arb_set(real.get(), acb_realref(z.get()));
  return real;
}

class DensityAlone final : public Integrand {
 public:
  explicit DensityAlone(const Expression& density) : density_(&density) {}
  ComplexBall operator()(const ComplexBall& x, bool analytic) const override {
    return value_of(*density_, x, real_part(x), analytic);
  }

 private:
  const Expression* density_;
};

// density (f - p)^2 |dx / dtheta|.
class SquaredError final : public Integrand {
 public:
  SquaredError(const Expression& density, const Expression& target, const StoredPolynomial& stored)
      : density_(&density), target_(&target), stored_(&stored) {}

  ComplexBall operator()(const ComplexBall& theta, bool analytic) const override {
    const ComplexBall x = stored_->argument(theta, bits);
    const Ball real = stored_->argument(real_part(theta), bits);
    ComplexBall e = value_of(*target_, x, real, analytic);
    acb_sub(e.get(), e.get(), polynomial(theta).get(), bits);
    acb_mul(e.get(), e.get(), e.get(), bits);
    acb_mul(e.get(), e.get(), value_of(*density_, x, real, analytic).get(), bits);
    ComplexBall slope;
    acb_sin(slope.get(), theta.get(), bits);
    acb_mul_arb(slope.get(), slope.get(), stored_->half_width().get(), bits);
    acb_mul(e.get(), e.get(), slope.get(), bits);
    return e;
  }

 private:
  // p at the middle of the real part, and at most the slope off the axis times the distance.
  ComplexBall polynomial(const ComplexBall& theta) const {
    Ball middle;
    arf_set(arb_midref(middle.get()), arb_midref(acb_realref(theta.get())));
    Ball y;
    arb_cos(y.get(), middle.get(), bits);
    ComplexBall p;
    acb_set_arb(p.get(), stored_->value(y, bits).get());
    ComplexBall difference;
    acb_sub_arb(difference.get(), theta.get(), middle.get(), bits);
    Ball distance;
    acb_abs(distance.get(), difference.get(), bits);
    Ball growth;
    arb_abs(growth.get(), acb_imagref(theta.get()));
    arb_mul_si(growth.get(), growth.get(), stored_->degree(), bits);
    arb_cosh(growth.get(), growth.get(), bits);
    arb_mul(distance.get(), distance.get(), growth.get(), bits);
    arb_mul(distance.get(), distance.get(), stored_->slope().get(), bits);
    Ball reach;
    arb_get_abs_ubound_arf(arb_midref(reach.get()), distance.get(), bits);
    arb_add_error(acb_realref(p.get()), reach.get());
    if (arb_is_zero(acb_imagref(theta.get())) == 0) {
      arb_add_error(acb_imagref(p.get()), reach.get());
    }
    return p;
  }

  const Expression* density_;
  const Expression* target_;
  const StoredPolynomial* stored_;
};

int call(acb_ptr out, const acb_t z, void* integrand, slong order, slong /*bits*/) {
  ComplexBall argument;
  acb_set(argument.get(), z);
  const auto& f = *static_cast<const Integrand*>(integrand);
  acb_set(out, f(argument, order > 0).get());
  return 0;
}

// From one exact number to a larger one.
Ball integral(const Integrand& integrand, const Parameter& lower, const Parameter& upper,
              const Rational& tolerance) {
  constexpr slong goal_bits = 24;
  ComplexBall from;
  ComplexBall to;
  ComplexBall value;
  acb_set_arb(from.get(), exact_ball<256>(lower).get());
  acb_set_arb(to.get(), exact_ball<256>(upper).get());
  mag_t most;
  mag_init(most);
  arb_get_mag(most, ball_of(tolerance, bits).get());
  acb_calc_integrate(value.get(), call, const_cast<Integrand*>(&integrand), from.get(), to.get(),
                     goal_bits, most, nullptr, bits);
  mag_clear(most);
  return real_part(value);
}

Ball sum(Ball a, const Ball& b) {
  arb_add(a.get(), a.get(), b.get(), bits);
  return a;
}

Rational length_of(const Domain& domain) {
  Rational length = 0;
  for (const Interval& interval : domain) length += interval.upper - interval.lower;
  return length;
}

// The largest density that was seen: a scale for tolerances, no bound.
Rational scale_of(const Measure& measure) {
  constexpr long points = 16;
  Rational largest = 0;
  for (const Interval& interval : measure.domain) {
    for (long i = 0; i <= points; ++i) {
      const Rational x = interval.lower + (interval.upper - interval.lower) * i / points;
      const Ball value = enclose_nodes(measure.density, ball_of(x, bits), bits).back();
      if (value.is_finite()) largest = std::max(largest, upper_end(value));
    }
  }
  return largest;
}

// Ends of the domain are binary64 numbers, which a parameter holds; kinks are cut where it rounds
// them to, which the rule finds out.
Ball mass_of(const Measure& measure, const Domain& part, const Rational& scale) {
  constexpr long accuracy_log2 = -24;
  const Rational length = length_of(measure.domain);
  Ball mass;
  if (measure.density.is_one()) return ball_of(length_of(part), bits);
  const Domain pieces = cut_at(measure.kinks, part);
  const DensityAlone density(measure.density);
  for (const Interval& piece : pieces) {
    const Rational tolerance =
        scale * length * power_of_two(accuracy_log2) / static_cast<long>(pieces.size());
    mass = sum(std::move(mass), integral(density, from_rational<Parameter>(piece.lower),
                                         from_rational<Parameter>(piece.upper), tolerance));
  }
  return mass;
}

}  // namespace

std::optional<ErrorEnclosure> proved_root_mean_square(const Measure& measure,
                                                      const Expression& target,
                                                      const ChebyshevSeries& stored,
                                                      const Rational& largest) {
  constexpr long accuracy_log2 = -20;  // of the square, over that of the largest error
  ErrorEnclosure error;
  error.evidence = Evidence::proved;
  if (largest == 0) return error;
  const ErrorCurve curve(target, Expression(1, "1"), stored, measure.domain);
  const SquaredError square(measure.density, target, curve.polynomial());
  const Rational scale = scale_of(measure);
  Ball mean;
  const Domain pieces = cut_at(measure.kinks, measure.domain);
  for (const Interval& interval : pieces) {
    const Piece piece = curve.piece_of(interval);  // rounded outward: the integrand is not negative
    const Rational tolerance =
        largest * largest * scale * (interval.upper - interval.lower) * power_of_two(accuracy_log2);
    mean = sum(std::move(mean), integral(square, piece.lower, piece.upper, tolerance));
  }
  const Ball mass = mass_of(measure, measure.domain, scale);
  if (!mean.is_finite() || !mass.is_positive()) return std::nullopt;
  arb_div(mean.get(), mean.get(), mass.get(), bits);
  arb_sqrtpos(mean.get(), mean.get(), bits);
  if (!mean.is_finite()) return std::nullopt;
  error.upper = Rational(to_double(upper_end(mean), Rounding::up));
  return error;
}

std::optional<Rational> proved_share_of(const Measure& measure, const Domain& part) {
  if (part.empty()) return Rational(0);
  const Rational scale = scale_of(measure);
  Ball share = mass_of(measure, part, scale);
  const Ball mass = mass_of(measure, measure.domain, scale);
  if (!share.is_finite() || !mass.is_positive()) return std::nullopt;
  arb_div(share.get(), share.get(), mass.get(), bits);
  const Rational least = std::clamp(lower_end(share), Rational(0), Rational(1));
  return Rational(to_double(least, Rounding::down));
}

}  // namespace equiripple
