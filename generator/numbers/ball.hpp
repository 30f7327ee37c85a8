// A real number known to lie in mid +- radius: Arb's type with an owner.
#pragma once

#if __has_include(<flint/arb.h>)
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#else  // before FLINT 3 Arb was a library of its own
#include <arb.h>
#include <arb_hypgeom.h>
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

/// Encloses every number from lower to upper.
inline Ball ball_between(const Rational& lower, const Rational& upper, slong bits) {
  fmpq_t q;
  fmpq_init(q);
  Ball low;
  Ball high;
  fmpq_set_mpq(q, lower.backend().data());
  arb_set_fmpq(low.get(), q, bits);
  fmpq_set_mpq(q, upper.backend().data());
  arb_set_fmpq(high.get(), q, bits);
  fmpq_clear(q);
  Ball both;
  arb_union(both.get(), low.get(), high.get(), bits);
  return both;
}

}  // namespace equiripple
