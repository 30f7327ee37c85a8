// To powers of y once, exactly; then a shift for each disc.
#include "generator/proof/taylor_spread.hpp"

namespace equiripple {

TaylorSpread::TaylorSpread(const ChebyshevSeries& series)
    : applies_(series.degree() <= highest_degree) {
  if (!applies_) return;
  constexpr slong plenty = 1 << 12;
  const auto powers = to_powers({.basis = {-1, 1}, .coefficients = series.coefficients});
  for (std::size_t k = 0; k < powers.size(); ++k) {
    powers_.set(static_cast<slong>(k), ball_of(powers[k], plenty));
  }
}

Ball TaylorSpread::operator()(const Ball& y, const Ball& d, slong bits) const {
  Ball spread;
  if (!applies_) {
    arb_pos_inf(spread.get());
    return spread;
  }
  BallSeries shifted;
  arb_poly_taylor_shift(shifted.get(), powers_.get(), y.get(), bits);
  for (slong k = shifted.length() - 1; k >= 0; --k) {
    arb_mul(spread.get(), spread.get(), d.get(), bits);
    if (k == 0) break;
    Ball size = shifted.coefficient(k);
    arb_abs(size.get(), size.get());
    arb_add(spread.get(), spread.get(), size.get(), bits);
  }
  return spread;
}

}  // namespace equiripple
