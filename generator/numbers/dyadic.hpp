// Integers times powers of two, as binary floating-point numbers are: sums and products are exact,
// and need no common divisors as those of rationals do.
#pragma once

#include <utility>

#include "generator/numbers/ball.hpp"

namespace equiripple {

class Dyadic {
 public:
  Dyadic() { arf_init(value_); }
  Dyadic(int n) : Dyadic() { arf_set_si(value_, n); }  // as a number is written
  /// x must be finite.
  explicit Dyadic(double x) : Dyadic() { arf_set_d(value_, x); }
  /// q itself, or where its denominator is no power of two q rounded to `quotient_bits`.
  explicit Dyadic(const Rational& q);
  Dyadic(const Dyadic& other) : Dyadic() { arf_set(value_, other.value_); }
  Dyadic(Dyadic&& other) noexcept : Dyadic() { arf_swap(value_, other.value_); }
  Dyadic& operator=(Dyadic other) noexcept {
    arf_swap(value_, other.value_);
    return *this;
  }
  ~Dyadic() { arf_clear(value_); }

  Dyadic& operator+=(const Dyadic& y) {
    arf_add(value_, value_, y.value_, ARF_PREC_EXACT, ARF_RND_NEAR);
    return *this;
  }
  Dyadic& operator-=(const Dyadic& y) {
    arf_sub(value_, value_, y.value_, ARF_PREC_EXACT, ARF_RND_NEAR);
    return *this;
  }
  Dyadic& operator*=(const Dyadic& y) {
    arf_mul(value_, value_, y.value_, ARF_PREC_EXACT, ARF_RND_NEAR);
    return *this;
  }
  friend Dyadic operator+(Dyadic x, const Dyadic& y) { return x += y; }
  friend Dyadic operator-(Dyadic x, const Dyadic& y) { return x -= y; }
  friend Dyadic operator*(const Dyadic& x, const Dyadic& y) {
    Dyadic z;
    arf_mul(z.value_, x.value_, y.value_, ARF_PREC_EXACT, ARF_RND_NEAR);
    return z;
  }
  friend bool operator==(const Dyadic& x, const Dyadic& y) {
    return arf_equal(x.value_, y.value_) != 0;
  }

  friend bool operator<(const Dyadic& x, const Dyadic& y) {
    return arf_cmp(x.value_, y.value_) < 0;
  }

  friend Dyadic abs(Dyadic x) {
    arf_abs(x.value_, x.value_);
    return x;
  }

  bool is_zero() const { return arf_is_zero(value_) != 0; }

  Dyadic half() const {
    Dyadic z;
    arf_mul_2exp_si(z.value_, value_, -1);
    return z;
  }

  /// x itself.
  friend Rational to_rational(const Dyadic& x);

  /// x / y rounded to nearest; beyond the range of binary64 infinite. y must not be 0.
  friend double quotient(const Dyadic& x, const Dyadic& y);

  static constexpr slong quotient_bits = 4096;  // chosen: the highest rung

 private:
  arf_t value_;
};

}  // namespace equiripple
