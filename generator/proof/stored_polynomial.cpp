// Clenshaw's recurrence without radii, and its rounding error in closed form.
//
// With z = y for no parity and z = 2 y^2 - 1 for odd and even, the series is sum c_j phi_j with
// phi_{j+1} = 2 z phi_j - phi_{j-1}, |phi_j| <= 1. Clenshaw: b_j = c_j + 2 z b_{j+1} - b_{j+2} +
// d_j, where d_j is the rounding of the step; the computed sum is exactly that of the coefficients
// c_j + d_j, so that it is off by at most sum |d_j| [Ell68]. With m terms, S = sum |c_j| and
// u = 2^-bits: |b_j| <= m S (|U_k| <= k + 1), hence |d_j| <= 16 u m S and the sum is under
// 16 u m^2 S. The rounding of z moves phi_j by at most u (2 m + 1)^3 in all, and the coefficients'
// own rounding, where they have more than 4096 bits, the sum by u S. Together under 64 u (n + 2)^3
// S for degree n.  [proved]
#include "generator/proof/stored_polynomial.hpp"

#include <bit>

namespace equiripple {
namespace {

constexpr slong plenty = 1 << 12;    // stored coefficients are exact in this many bits
constexpr double switch_over = 1.5;  // of theta, where the other end of the basis is nearer; chosen

}  // namespace

StoredPolynomial::StoredPolynomial(const ChebyshevSeries& series)
    : degree_(series.degree()),
      parity_(series.parity),
      centre_(ball_of((series.basis.lower + series.basis.upper) / 2, plenty)),
      half_width_(ball_of((series.basis.upper - series.basis.lower) / 2, plenty)),
      lower_(ball_of(series.basis.lower, plenty)),
      upper_(ball_of(series.basis.upper, plenty)) {
  const std::size_t first = parity_ == Parity::odd ? 1 : 0;
  const std::size_t step = parity_ == Parity::none ? 1 : 2;
  Rational norm = 0;
  Rational slope = 0;
  Rational steepness = 0;
  for (std::size_t k = first; k < series.coefficients.size(); k += step) {
    const Rational& c = series.coefficients[k];
    coefficients_.push_back(ball_of(c, plenty));
    norm += abs(c);
    slope += abs(c) * static_cast<long>(k);
    steepness += abs(c) * static_cast<long>(k * k);
  }
  constexpr slong bits = 64;
  norm_ = ball_of(norm, bits);
  slope_ = ball_of(slope, bits);
  steepness_ = ball_of(steepness, bits);
  log2_norm_ = log2_magnitude(norm_);
}

Ball StoredPolynomial::mapped(const Ball& x, slong bits) const {
  Ball y;
  arb_sub(y.get(), x.get(), centre_.get(), bits);
  arb_div(y.get(), y.get(), half_width_.get(), bits);
  return y;
}

// cos(theta) = 1 - 2 sin(theta / 2)^2 = 2 cos(theta / 2)^2 - 1: where a root is small, so is its
// square.
Ball StoredPolynomial::argument(const Ball& theta, slong bits) const {
  Ball half;
  arb_mul_2exp_si(half.get(), theta.get(), -1);
  const bool near_upper = arf_cmp_d(arb_midref(theta.get()), switch_over) < 0;
  Ball x;
  if (near_upper) {
    arb_sin(x.get(), half.get(), bits);
  } else {
    arb_cos(x.get(), half.get(), bits);
  }
  arb_sqr(x.get(), x.get(), bits);
  arb_mul(x.get(), x.get(), half_width_.get(), bits);
  arb_mul_2exp_si(x.get(), x.get(), 1);
  if (near_upper) {
    arb_sub(x.get(), upper_.get(), x.get(), bits);
  } else {
    arb_add(x.get(), lower_.get(), x.get(), bits);
  }
  return x;
}

ComplexBall StoredPolynomial::argument(const ComplexBall& theta, slong bits) const {
  ComplexBall half;
  acb_mul_2exp_si(half.get(), theta.get(), -1);
  const bool near_upper = arf_cmp_d(arb_midref(acb_realref(theta.get())), switch_over) < 0;
  ComplexBall x;
  if (near_upper) {
    acb_sin(x.get(), half.get(), bits);
  } else {
    acb_cos(x.get(), half.get(), bits);
  }
  acb_sqr(x.get(), x.get(), bits);
  acb_mul_arb(x.get(), x.get(), half_width_.get(), bits);
  acb_mul_2exp_si(x.get(), x.get(), 1);
  if (near_upper) {
    acb_neg(x.get(), x.get());
    acb_add_arb(x.get(), x.get(), upper_.get(), bits);
  } else {
    acb_add_arb(x.get(), x.get(), lower_.get(), bits);
  }
  return x;
}

Ball StoredPolynomial::value(const Ball& y, slong bits) const {
  Ball sum;
  if (coefficients_.empty()) return sum;
  const slong guard = 3 * std::bit_width(static_cast<unsigned>(degree_ + 2)) + 6;
  const slong working = bits + guard;
  // The middle of y, moved into [-1, 1] where rounding put it outside.
  Ball centre;
  arb_set(centre.get(), y.get());
  mag_zero(arb_radref(centre.get()));
  arf_ptr middle = arb_midref(centre.get());
  if (arf_cmpabs_2exp_si(middle, 0) > 0) arf_set_si(middle, arf_sgn(middle));
  arf_t z;
  arf_t b1;
  arf_t b2;
  arf_t b;
  arf_init(z);
  arf_init(b1);
  arf_init(b2);
  arf_init(b);
  arf_set_round(z, middle, working, ARF_RND_NEAR);
  if (parity_ != Parity::none) {
    arf_mul(z, z, z, working, ARF_RND_NEAR);
    arf_mul_2exp_si(z, z, 1);
    arf_sub_ui(z, z, 1, working, ARF_RND_NEAR);
  }
  arf_mul_2exp_si(z, z, 1);  // 2 z
  for (std::size_t j = coefficients_.size(); j-- > 1;) {
    arf_mul(b, z, b1, working, ARF_RND_NEAR);
    arf_add(b, b, arb_midref(coefficients_[j].get()), working, ARF_RND_NEAR);
    arf_sub(b, b, b2, working, ARF_RND_NEAR);
    arf_swap(b2, b1);
    arf_swap(b1, b);
  }
  // phi_0 = 1, phi_{-1} = z for none and even; phi_0 = phi_{-1} = y for odd.
  if (parity_ == Parity::odd) {
    arf_mul(b, z, b1, working, ARF_RND_NEAR);
    arf_add(b, b, arb_midref(coefficients_[0].get()), working, ARF_RND_NEAR);
    arf_sub(b, b, b2, working, ARF_RND_NEAR);
    arf_sub(b, b, b1, working, ARF_RND_NEAR);
    arf_mul(b, b, middle, working, ARF_RND_NEAR);
  } else {
    arf_mul_2exp_si(z, z, -1);
    arf_mul(b, z, b1, working, ARF_RND_NEAR);
    arf_add(b, b, arb_midref(coefficients_[0].get()), working, ARF_RND_NEAR);
    arf_sub(b, b, b2, working, ARF_RND_NEAR);
  }
  arf_swap(arb_midref(sum.get()), b);
  arf_clear(z);
  arf_clear(b1);
  arf_clear(b2);
  arf_clear(b);
  // |y - middle| times the steepest slope, and the rounding.
  Ball offset;
  arb_sub(offset.get(), y.get(), centre.get(), bits);
  mag_t size;
  mag_t slope;
  mag_init(size);
  mag_init(slope);
  arb_get_mag(size, offset.get());
  arb_get_mag(slope, steepness_.get());
  mag_mul(size, size, slope);
  mag_add(arb_radref(sum.get()), arb_radref(sum.get()), size);
  arb_get_mag(size, norm_.get());
  mag_mul_2exp_si(size, size, -bits);
  mag_add(arb_radref(sum.get()), arb_radref(sum.get()), size);
  mag_clear(size);
  mag_clear(slope);
  return sum;
}

}  // namespace equiripple
