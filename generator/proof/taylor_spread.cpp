// From Chebyshev's polynomials to powers once, exactly; then a shift for each disc.
#include "generator/proof/taylor_spread.hpp"

namespace equiripple {
namespace {

// T_{k+1} = 2 y T_k - T_{k-1}.
std::vector<Rational> powers_of_y(const std::vector<Rational>& coefficients) {
  std::vector<Rational> sum(coefficients.size(), 0);
  std::vector<Rational> before;
  std::vector<Rational> current = {1};
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    for (std::size_t i = 0; i < current.size(); ++i) sum[i] += coefficients[k] * current[i];
    std::vector<Rational> next(current.size() + 1, 0);
    for (std::size_t i = 0; i < current.size(); ++i) next[i + 1] = (k == 0 ? 1 : 2) * current[i];
    for (std::size_t i = 0; i < before.size(); ++i) next[i] -= before[i];
    before = std::move(current);
    current = std::move(next);
  }
  return sum;
}

}  // namespace

TaylorSpread::TaylorSpread(const ChebyshevSeries& series)
    : applies_(series.degree() <= highest_degree) {
  if (!applies_) return;
  constexpr slong plenty = 1 << 12;
  const auto powers = powers_of_y(series.coefficients);
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
