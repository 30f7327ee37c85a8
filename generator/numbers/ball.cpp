// Between balls and exact rationals.
#include "generator/numbers/ball.hpp"

#include <limits>

namespace equiripple {
namespace {

Rational exact(arf_srcptr x) {
  fmpz_t mantissa;
  fmpz_t exponent;
  fmpz_init(mantissa);
  fmpz_init(exponent);
  arf_get_fmpz_2exp(mantissa, exponent, x);
  Integer whole;
  fmpz_get_mpz(whole.backend().data(), mantissa);
  const Rational q = Rational(whole) * power_of_two(fmpz_get_si(exponent));
  fmpz_clear(mantissa);
  fmpz_clear(exponent);
  return q;
}

constexpr slong end_bits = 256;  // chosen: the ends of errors are rounded to binary64 later

// Rounded once more, towards `rounding`, where the number is so small that its exponent would not
// fit into memory as a rational.
Rational end_of(arf_srcptr end, Rounding rounding) {
  if (arf_cmpabs_2exp_si(end, smallest_end_log2) >= 0) return exact(end);
  const int sign = arf_sgn(end);
  if (rounding == Rounding::up) return sign > 0 ? power_of_two(smallest_end_log2) : Rational(0);
  return sign < 0 ? -power_of_two(smallest_end_log2) : Rational(0);
}

}  // namespace

// A radius has few bits: it is rounded up, and the middle taken exactly so far from the end.
Ball cut(const Ball& ball, const Ball& lower, const Ball& upper) {
  if (!ball.is_finite() || !lower.is_exact() || !upper.is_exact()) return ball;
  Ball low;
  Ball high;
  arb_get_interval_arf(arb_midref(low.get()), arb_midref(high.get()), ball.get(), ARF_PREC_EXACT);
  const bool below = arf_cmp(arb_midref(low.get()), arb_midref(lower.get())) < 0;
  const bool above = arf_cmp(arb_midref(high.get()), arb_midref(upper.get())) > 0;
  if (!below && !above) return ball;
  if (below) low = lower;
  if (above) high = upper;
  if (arf_cmp(arb_midref(low.get()), arb_midref(high.get())) > 0) return ball;
  Ball half;
  arf_sub(arb_midref(half.get()), arb_midref(high.get()), arb_midref(low.get()), ARF_PREC_EXACT,
          ARF_RND_NEAR);
  arb_mul_2exp_si(half.get(), half.get(), -1);
  Ball part;
  arf_get_mag(arb_radref(part.get()), arb_midref(half.get()));
  arf_t radius;
  arf_init_set_mag_shallow(radius, arb_radref(part.get()));
  if (below) {
    arf_add(arb_midref(part.get()), arb_midref(low.get()), radius, ARF_PREC_EXACT, ARF_RND_NEAR);
  } else {
    arf_sub(arb_midref(part.get()), arb_midref(high.get()), radius, ARF_PREC_EXACT, ARF_RND_NEAR);
  }
  return part;
}

Ball nearest_integer(const Ball& x, slong bits) {
  Ball half;
  arb_set_d(half.get(), 0.5);
  Ball above;
  arb_add(above.get(), x.get(), half.get(), bits);
  arb_floor(above.get(), above.get(), bits);
  if (x.is_nonnegative()) return above;
  Ball below;
  arb_sub(below.get(), x.get(), half.get(), bits);
  arb_ceil(below.get(), below.get(), bits);
  if (!x.is_negative()) arb_union(below.get(), below.get(), above.get(), bits);
  return below;
}

Ball ball_of(const Rational& q, slong bits) {
  fmpq_t exact_q;
  fmpq_init(exact_q);
  fmpq_set_mpq(exact_q, q.backend().data());
  Ball ball;
  arb_set_fmpq(ball.get(), exact_q, bits);
  fmpq_clear(exact_q);
  return ball;
}

Ball ball_between(const Rational& lower, const Rational& upper, slong bits) {
  Ball both;
  arb_union(both.get(), ball_of(lower, bits).get(), ball_of(upper, bits).get(), bits);
  return both;
}

Rational lower_end(const Ball& ball) {
  arf_t end;
  arf_init(end);
  arb_get_lbound_arf(end, ball.get(), end_bits);
  const Rational q = end_of(end, Rounding::down);
  arf_clear(end);
  return q;
}

Rational upper_end(const Ball& ball) {
  arf_t end;
  arf_init(end);
  arb_get_ubound_arf(end, ball.get(), end_bits);
  const Rational q = end_of(end, Rounding::up);
  arf_clear(end);
  return q;
}

double scaled_magnitude(const Ball& ball, long scale_log2) {
  if (!ball.is_finite()) return std::numeric_limits<double>::infinity();
  constexpr slong bits = 64;
  arf_t bound;
  arf_init(bound);
  arb_get_abs_ubound_arf(bound, ball.get(), bits);
  arf_mul_2exp_si(bound, bound, -scale_log2);
  const double result = arf_get_d(bound, ARF_RND_UP);
  arf_clear(bound);
  return result;
}

double log2_magnitude(const Ball& ball) {
  if (!ball.is_finite()) return std::numeric_limits<double>::infinity();
  mag_t size;
  mag_init(size);
  arb_get_mag(size, ball.get());
  double result = -std::numeric_limits<double>::infinity();
  if (mag_is_zero(size) == 0) {
    // mag_get_d_log2_approx is good to about 2^-20 relative to its own size.
    const double approximation = mag_get_d_log2_approx(size);
    constexpr double slack = 0x1p-16;
    result = approximation + slack * (1 + std::abs(approximation));
  }
  mag_clear(size);
  return result;
}

}  // namespace equiripple
