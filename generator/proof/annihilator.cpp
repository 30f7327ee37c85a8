// 1 / prod (u_i - u_j) for all powers up to a degree; a linear system in balls where some are
// absent, whose solution encloses the exact one.  [proved]
#include "generator/proof/annihilator.hpp"

#include "generator/numbers/ball_matrix.hpp"

namespace equiripple {
namespace {

std::vector<Ball> of_all_powers(const std::vector<Ball>& u, slong bits) {
  std::vector<Ball> lambda(u.size());
  Ball difference;
  for (std::size_t i = 0; i < u.size(); ++i) {
    arb_one(lambda[i].get());
    for (std::size_t j = 0; j < u.size(); ++j) {
      if (j == i) continue;
      arb_sub(difference.get(), u[i].get(), u[j].get(), bits);
      arb_mul(lambda[i].get(), lambda[i].get(), difference.get(), bits);
    }
    arb_inv(lambda[i].get(), lambda[i].get(), bits);
  }
  return lambda;
}

// With 1 for the last point.
std::optional<std::vector<Ball>> of_powers(const std::vector<int>& exponents,
                                           const std::vector<Ball>& u, slong bits) {
  const std::size_t count = exponents.size();
  std::vector<std::vector<Ball>> powers(count, std::vector<Ball>(count));
  std::vector<Ball> right(count);
  for (std::size_t j = 0; j < count; ++j) {
    const auto exponent = static_cast<ulong>(exponents[j]);
    for (std::size_t i = 0; i < count; ++i) {
      arb_pow_ui(powers[j][i].get(), u[i].get(), exponent, bits);
    }
    arb_pow_ui(right[j].get(), u[count].get(), exponent, bits);
    arb_neg(right[j].get(), right[j].get());
  }
  auto lambda = solution(powers, right, bits);
  if (!lambda) return std::nullopt;
  lambda->emplace_back();
  arb_one(lambda->back().get());
  return lambda;
}

}  // namespace

std::optional<std::vector<Ball>> annihilator(const MinimaxRequest& request,
                                             const std::vector<Rational>& points, slong bits) {
  constexpr slong point_bits = 1 << 14;  // chosen: points may be close
  std::vector<Ball> u;
  for (const Rational& x : points) {
    u.push_back(ball_of(request.parity == Parity::none ? x : Rational(x * x), point_bits));
  }
  const std::vector<int> exponents = exponents_of(request);
  auto lambda = exponents.empty() ? of_all_powers(u, bits) : of_powers(exponents, u, bits);
  if (!lambda || request.parity != Parity::odd) return lambda;
  for (std::size_t i = 0; i < points.size(); ++i) {
    arb_div((*lambda)[i].get(), (*lambda)[i].get(), ball_of(points[i], bits).get(), bits);
  }
  return lambda;
}

}  // namespace equiripple
