// A polynomial or a truncated power series with balls for coefficients: Arb's type with an owner.
#pragma once

#include "generator/numbers/ball.hpp"

namespace equiripple {

class BallSeries {
 public:
  BallSeries() { arb_poly_init(value_); }
  BallSeries(const BallSeries& other) {
    arb_poly_init(value_);
    arb_poly_set(value_, other.value_);
  }
  BallSeries(BallSeries&& other) noexcept {
    arb_poly_init(value_);
    arb_poly_swap(value_, other.value_);
  }
  BallSeries& operator=(BallSeries other) noexcept {
    arb_poly_swap(value_, other.value_);
    return *this;
  }
  ~BallSeries() { arb_poly_clear(value_); }

  arb_poly_struct* get() { return value_; }
  const arb_poly_struct* get() const { return value_; }

  slong length() const { return arb_poly_length(value_); }

  Ball coefficient(slong k) const {
    Ball c;
    arb_poly_get_coeff_arb(c.get(), value_, k);
    return c;
  }
  void set(slong k, const Ball& c) { arb_poly_set_coeff_arb(value_, k, c.get()); }

 private:
  arb_poly_t value_;
};

}  // namespace equiripple
