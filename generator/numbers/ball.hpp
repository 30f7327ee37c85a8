// Real and complex numbers known to lie in mid +- radius: Arb's types with owners.
#pragma once

#include <mpfr.h>  // first: FLINT 3 declares what is about it only then

#include <flint/fmpq.h>
#if __has_include(<flint/arb.h>)
#include <flint/acb.h>
#include <flint/acb_calc.h>
#include <flint/acb_hypgeom.h>
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#include <flint/arb_poly.h>
#else  // before FLINT 3 Arb was a library of its own
#include <acb.h>
#include <acb_calc.h>
#include <acb_hypgeom.h>
#include <arb.h>
#include <arb_hypgeom.h>
#include <arb_poly.h>
#endif

#include "generator/numbers/real.hpp"

namespace equiripple {

class Ball {
 public:
  Ball() { arb_init(value_); }
  Ball(const Ball& other) {
    arb_init(value_);
    arb_set(value_, other.value_);
  }
  Ball(Ball&& other) noexcept {
    arb_init(value_);
    arb_swap(value_, other.value_);
  }
  Ball& operator=(Ball other) noexcept {
    arb_swap(value_, other.value_);
    return *this;
  }
  ~Ball() { arb_clear(value_); }

  arb_ptr get() { return value_; }
  arb_srcptr get() const { return value_; }

  bool contains_zero() const { return arb_contains_zero(value_) != 0; }
  bool is_negative() const { return arb_is_negative(value_) != 0; }        // all of it, for sure
  bool is_positive() const { return arb_is_positive(value_) != 0; }        // all of it, for sure
  bool is_nonnegative() const { return arb_is_nonnegative(value_) != 0; }  // all of it, for sure
  bool is_exact() const { return arb_is_exact(value_) != 0; }              // one number
  bool is_finite() const { return arb_is_finite(value_) != 0; }

 private:
  arb_t value_;
};

class ComplexBall {
 public:
  ComplexBall() { acb_init(value_); }
  ComplexBall(const ComplexBall& other) {
    acb_init(value_);
    acb_set(value_, other.value_);
  }
  ComplexBall(ComplexBall&& other) noexcept {
    acb_init(value_);
    acb_swap(value_, other.value_);
  }
  ComplexBall& operator=(ComplexBall other) noexcept {
    acb_swap(value_, other.value_);
    return *this;
  }
  ~ComplexBall() { acb_clear(value_); }

  acb_ptr get() { return value_; }
  acb_srcptr get() const { return value_; }

  bool is_finite() const { return acb_is_finite(value_) != 0; }

 private:
  acb_t value_;
};

/// Encloses every number from lower to upper.
[[nodiscard]] Ball ball_between(const Rational& lower, const Rational& upper, slong bits);
[[nodiscard]] Ball ball_of(const Rational& q, slong bits);

/// Encloses what of the ball lies from `lower` to `upper`, and reaches beyond none of them where it
/// did not reach beyond both. The ball itself where that is empty or they are not exact numbers.
[[nodiscard]] Ball cut(const Ball& ball, const Ball& lower, const Ball& upper);

/// The nearest integers of its numbers; of two, that further from 0.
[[nodiscard]] Ball nearest_integer(const Ball& x, slong bits);

/// The number itself, exactly.
template <int Bits>
[[nodiscard]] Ball exact_ball(const Real<Bits>& x) {
  Ball ball;
  arf_set_mpfr(arb_midref(ball.get()), x.backend().data());
  return ball;
}

/// The middle of the ball, rounded to the rung.
template <class T>
[[nodiscard]] T middle_of(const Ball& ball) {
  T x;
  arf_get_mpfr(x.backend().data(), arb_midref(ball.get()), MPFR_RNDN);
  return x;
}

inline constexpr long smallest_end_log2 = -(1L << 20);  // chosen: a rational of 128 kB

/// The ends of the ball, which is finite, rounded outward to a few bits more than its middle has;
/// what is smaller than 2^smallest_end_log2 to 0 or to that.
[[nodiscard]] Rational lower_end(const Ball& ball);
[[nodiscard]] Rational upper_end(const Ball& ball);

/// At least |x| 2^-scale_log2 for every x in the ball, and not much more; infinity where the ball
/// is not finite.
[[nodiscard]] double scaled_magnitude(const Ball& ball, long scale_log2);

/// At least log2 of the largest magnitude in the ball: minus infinity for the exact 0, infinity
/// where the ball is not finite.
[[nodiscard]] double log2_magnitude(const Ball& ball);

}  // namespace equiripple
