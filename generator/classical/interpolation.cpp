// Polynomials that agree with the target at points: those of Chebyshev, or one of them many times
// over.
#include <stdexcept>

#include "generator/classical/classical.hpp"
#include "generator/classical/settle.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/taylor.hpp"

namespace equiripple {
namespace {

using Precise = Real<256>;

void check_degree(int degree) {
  if (degree < 0 || degree > highest_classical_degree) {
    throw std::invalid_argument("the degree is from 0 to highest_classical_degree");
  }
}

// From powers of (x - centre) to powers of x, by Horner's rule.
std::vector<Rational> about_zero(const std::vector<Rational>& coefficients,
                                 const Rational& centre) {
  std::vector<Rational> sum;
  for (std::size_t i = coefficients.size(); i-- > 0;) {
    sum.insert(sum.begin(), 0);
    for (std::size_t k = 0; k + 1 < sum.size(); ++k) sum[k] -= centre * sum[k + 1];
    sum[0] += coefficients[i];
  }
  return sum;
}

}  // namespace

// c_j = (2 - [j = 0]) / m sum over k of f(x_k) cos(j theta_k), theta_k = pi (k + 1/2) / m.
ClassicalResult interpolation(const Expression& target, const Interval& interval, int degree) {
  check_degree(degree);
  ChebyshevSeries series{.basis = basis_for({interval})};
  const CompiledFunction<Precise> function(target);
  const auto centre = from_rational<Precise>((series.basis.lower + series.basis.upper) / 2);
  const auto half = from_rational<Precise>((series.basis.upper - series.basis.lower) / 2);
  const int m = degree + 1;
  std::vector<Precise> turn;  // cos(pi i / (2 m)) all round
  for (int i = 0; i < 4 * m; ++i) {
    turn.push_back(real_cos(Precise(real_pi<Precise>() * i / (2 * m))));
  }
  const auto cosine = [&](long numerator) -> const Precise& {
    return turn[static_cast<std::size_t>(numerator % (4 * m))];
  };
  std::vector<Precise> values;
  for (int k = 0; k < m; ++k) {
    values.push_back(function(Precise(centre + half * cosine(2 * k + 1))));
    if (!is_within_reach(values.back())) {
      return unsettled(ClassicalStatus::not_finite,
                       "the function has no finite value within reach at a node");
    }
  }
  for (int j = 0; j < m; ++j) {
    Precise sum = 0;
    for (int k = 0; k < m; ++k) {
      sum += values[static_cast<std::size_t>(k)] * cosine(static_cast<long>(j) * (2 * k + 1));
    }
    series.coefficients.push_back(coefficient_from(Precise(sum * (j == 0 ? 1 : 2) / m)));
  }
  return settled(std::move(series));
}

ClassicalResult taylor_polynomial(const Expression& target, const Rational& centre,
                                  const Domain& domain, int degree) {
  check_degree(degree);
  constexpr slong bits = 1024;  // chosen: 2^determined_log2 after the cancellations of degree 255
  const std::vector<Ball> enclosed = taylor_series(target, centre, degree + 1, bits);
  if (enclosed.empty()) {
    return unsettled(ClassicalStatus::not_smooth, "the function has no Taylor series there");
  }
  std::vector<Rational> coefficients;
  for (const Ball& c : enclosed) {
    const auto middle = middle_of<Real<1024>>(c);
    if (!is_within_reach(middle)) {
      return unsettled(ClassicalStatus::not_finite,
                       "a coefficient of its Taylor series is beyond reach");
    }
    coefficients.push_back(c.contains_zero() ? Rational(0) : coefficient_from(middle));
  }
  return settled(from_powers(about_zero(coefficients, centre), basis_for(domain)));
}

}  // namespace equiripple
