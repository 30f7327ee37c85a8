// Clenshaw's recurrence without radii, and its rounding error in closed form.
//
// With z = y for no parity and z = 2 y^2 - 1 for odd and even, the series is sum c_j phi_j with
// phi_{j+1} = 2 z phi_j - phi_{j-1}, |phi_j| <= 1. Clenshaw: b_j = c_j + 2 z b_{j+1} - b_{j+2} +
// d_j, where d_j is the rounding of the step; the computed sum is exactly that of the coefficients
// c_j + d_j, so that it is off by at most sum |d_j| [Ell68]. With m terms, S = sum |c_j| and
// u = 2^-bits: |d_j| <= u S (fixed_series.hpp), and the last sum, of b_0 and b_1 with |b_j| <= m S
// (|U_k| <= k + 1), is rounded by at most 16 u m S. The rounding of z moves phi_j by at most
// u (2 m + 1)^3 in all, and the coefficients' own rounding, where they have more than 4096 bits,
// the sum by u S. Together under 64 u (n + 2)^3 S for degree n.  [proved]
#include "generator/proof/stored_polynomial.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace equiripple {
namespace {

constexpr slong plenty = 1 << 12;    // stored coefficients are exact in this many bits
constexpr double switch_over = 1.5;  // of theta, where the other end of the basis is nearer; chosen

// With so many below 2^top_log2 no coefficient is cut.
slong all_bits_of(const std::vector<Ball>& coefficients, double top_log2) {
  slong most = 1;
  for (const Ball& c : coefficients) {
    if (arb_is_zero(c.get()) != 0) continue;
    const auto bottom_log2 =
        static_cast<slong>(std::floor(log2_magnitude(c))) - arf_bits(arb_midref(c.get()));
    most = std::max(most, static_cast<slong>(std::ceil(top_log2)) - bottom_log2);
  }
  return most;
}

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
  std::vector<Ball> coefficients;
  Rational norm = 0;
  Rational slope = 0;
  Rational steepness = 0;
  for (std::size_t k = first; k < series.coefficients.size(); k += step) {
    const Rational& c = series.coefficients[k];
    coefficients.push_back(ball_of(c, plenty));
    norm += abs(c);
    slope += abs(c) * static_cast<long>(k);
    steepness += abs(c) * static_cast<long>(k * k);
  }
  constexpr slong bits = 64;
  norm_ = ball_of(norm, bits);
  slope_ = ball_of(slope, bits);
  steepness_ = ball_of(steepness, bits);
  log2_norm_ = log2_magnitude(norm_);
  series_ = FixedSeries(coefficients, all_bits_of(coefficients, log2_norm_));
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
  if (arb_is_zero(norm_.get()) != 0) return sum;
  const slong guard = 3 * std::bit_width(static_cast<unsigned>(degree_ + 2)) + 6;
  const slong working = bits + guard;
  // The middle of y, moved into [-1, 1] where rounding put it outside.
  Ball centre;
  arb_set(centre.get(), y.get());
  mag_zero(arb_radref(centre.get()));
  arf_ptr middle = arb_midref(centre.get());
  if (arf_cmpabs_2exp_si(middle, 0) > 0) arf_set_si(middle, arf_sgn(middle));
  Ball z;
  arf_set_round(arb_midref(z.get()), middle, working, ARF_RND_NEAR);
  if (parity_ != Parity::none) {
    arf_ptr square = arb_midref(z.get());
    arf_mul(square, square, square, working, ARF_RND_NEAR);
    arf_mul_2exp_si(square, square, 1);
    arf_sub_ui(square, square, 1, working, ARF_RND_NEAR);
  }
  const FixedSeries::Sums sums = series_(z, working);
  arf_srcptr first = arb_midref(sums.first.get());
  arf_srcptr second = arb_midref(sums.second.get());
  arf_ptr p = arb_midref(sum.get());
  if (parity_ == Parity::odd) {  // phi_0 = phi_{-1} = y
    arf_sub(p, first, second, working, ARF_RND_NEAR);
    arf_mul(p, p, middle, working, ARF_RND_NEAR);
  } else {  // phi_0 = 1, phi_{-1} = z
    arf_mul(p, arb_midref(z.get()), second, working, ARF_RND_NEAR);
    arf_sub(p, first, p, working, ARF_RND_NEAR);
  }
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
