// x is the half width of a basis about 0, times T_1.
#include "generator/sign/direct.hpp"

#include <utility>

#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

MinimaxRequest on_range(const Expression& target, const Rational& range, int degree) {
  return {.target = target,
          .domain = {{-range, range}},
          .degree = degree,
          .kinks = {0},
          .feature_samples = 0};  // there is nothing but the kink
}

}  // namespace

MinimaxRequest abs_problem(const Rational& range, int degree) {
  static const Expression abs = *parse_function("abs(x)");
  MinimaxRequest problem = on_range(abs, range, degree);
  problem.parity = Parity::even;
  return problem;
}

MinimaxRequest relu_problem(const Rational& range, int degree) {
  static const Expression relu = *parse_function("relu(x)");
  return on_range(relu, range, degree);
}

ChebyshevSeries relu_of_abs(ChebyshevSeries q) {
  for (Rational& c : q.coefficients) c /= 2;
  if (q.coefficients.size() < 2) q.coefficients.resize(2);
  q.coefficients[1] += q.basis.upper / 2;
  q.parity = Parity::none;
  return q;
}

ChebyshevSeries abs_of_relu(ChebyshevSeries p) {
  for (Rational& c : p.coefficients) c *= 2;
  if (p.coefficients.size() < 2) p.coefficients.resize(2);
  p.coefficients[1] -= p.basis.upper;
  return with_seen_parity(std::move(p));
}

}  // namespace equiripple
