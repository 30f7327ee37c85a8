// Exact algebra first, then the coefficients on a high rung.
#include "generator/exchange/exact.hpp"

#include <algorithm>
#include <cmath>

#include "generator/exchange/features.hpp"
#include "generator/exchange/hopeless.hpp"
#include "generator/exchange/transform.hpp"
#include "generator/function/largest_term.hpp"
#include "generator/function/polynomial_form.hpp"

namespace equiripple {
namespace {

// At points that are no nodes, spread by the golden ratio.
template <class T>
bool agrees_elsewhere(const MinimaxRequest& request, const ChebyshevSeries& series,
                      const Rational& tolerance) {
  const CompiledFunction<T> target(request.target);
  const SeriesEvaluator<T> p(series);
  const T allowed = from_rational<T>(tolerance);
  const T golden = (real_sqrt(T(5)) - 1) / 2;
  const int points = 4 * series.degree() + 50;  // chosen
  for (const Interval& interval : request.domain) {
    const T lower = from_rational<T>(interval.lower);
    const T width = from_rational<T>(interval.upper - interval.lower);
    T position = 0;
    for (int i = 0; i < points; ++i) {
      position += golden;
      if (position >= 1) position -= 1;
      const T x = lower + width * position;
      if (!(real_abs(T(target(x) - p(x))) <= allowed)) return false;
    }
  }
  for (const Rational& x : request.kinks) {
    const T point = from_rational<T>(x);
    if (!(real_abs(T(target(point) - p(point))) <= allowed)) return false;
  }
  return points_above(request, series, 0, 1).empty();
}

}  // namespace

std::optional<MinimaxResult> exact_result(const MinimaxRequest& request) {
  const int degree = effective_degree(request.degree, request.parity);
  if (degree < 0) return std::nullopt;
  const auto powers = polynomial_coefficients_on(request.target, request.domain, degree);
  if (powers.empty()) return std::nullopt;
  for (const int absent : request.conditions.absent) {
    if (static_cast<std::size_t>(absent) < powers.size() &&
        powers[static_cast<std::size_t>(absent)] != 0) {
      return std::nullopt;
    }
  }
  MinimaxResult result;
  result.polynomial = from_powers(powers, request.basis.value_or(basis_for(request.domain)));
  if (request.parity != Parity::none) result.polynomial.parity = request.parity;
  result.status = MinimaxStatus::exact;
  result.detail = "the target is a polynomial of the class";
  return result;
}

std::optional<MinimaxResult> disguised_polynomial(const MinimaxRequest& request) {
  using T = Real<1024>;
  constexpr long foot_log2 = -900;     // chosen: just above the noise of the rung
  constexpr long agreement_bits = 40;  // between nodes the noise may add up to this; chosen
  if (!request.conditions.absent.empty()) return std::nullopt;
  constexpr long edge_log2 = -200;  // chosen: no function of interest has a smaller last term
  // What is below the noise at a lower degree is no polynomial of a higher one.
  const int highest = hopeless_degree<T>(request).value_or(request.degree);
  const int degree = effective_degree(highest, request.parity);
  if (degree < 0) return std::nullopt;
  const CompiledFunction<T> target(request.target);
  ChebyshevSeries series = chebyshev_series<T>(
      target, request.basis.value_or(basis_for(request.domain)), degree, request.parity);
  auto& c = series.coefficients;
  Rational largest = 0;
  for (const Rational& value : c) largest = std::max(largest, Rational(abs(value)));
  // What cancels on the way leaves its own noise: sin(x)^2 + cos(x)^2 - 1 is 0.
  const double terms_log2 = largest_term_log2(request.target, request.domain);
  if (terms_log2 > -foot_log2) return std::nullopt;
  const Rational terms =
      terms_log2 < foot_log2 ? Rational(0) : power_of_two(static_cast<long>(std::ceil(terms_log2)));
  const Rational noise = std::max(largest, terms) * power_of_two(foot_log2);
  while (c.size() > 1 && abs(c.back()) <= noise) c.pop_back();
  const bool is_zero = abs(c.back()) <= noise;
  if (!is_zero && abs(c.back()) < largest * power_of_two(edge_log2)) return std::nullopt;
  for (Rational& value : c) {
    if (abs(value) <= noise) value = 0;
  }
  if (!agrees_elsewhere<T>(request, series, noise * power_of_two(agreement_bits))) {
    return std::nullopt;
  }
  MinimaxResult result;
  result.status = MinimaxStatus::exact;
  result.polynomial = std::move(series);
  result.error.upper = noise * (degree + 1);
  result.precision_bits = bits_of<T>;
  result.detail = "the target is a polynomial of the class to the precision of the ladder";
  return result;
}

}  // namespace equiripple
