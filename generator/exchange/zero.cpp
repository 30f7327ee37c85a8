// Quickly in double whether it may be, then the extrema of the target on a high rung.
#include "generator/exchange/zero.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "generator/exchange/extrema.hpp"
#include "generator/exchange/selection.hpp"

namespace equiripple {
namespace {

using Fine = Real<256>;

constexpr int equal_log2 = -100;  // of the heights; chosen: as finely as references are levelled

// The weighted target at the points, with alternating signs and no less than half the largest.
bool may_be(const MinimaxRequest& request, const std::vector<Rational>& points) {
  const Problem<double> problem(request);
  double least = std::numeric_limits<double>::infinity();
  double largest = 0;
  bool was_negative = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = to_double(points[i]);
    const double value = problem.weight(x) * problem.target(x);
    if (!std::isfinite(value) || (i > 0 && (value < 0) == was_negative)) return false;
    was_negative = value < 0;
    least = std::min(least, std::abs(value));
    largest = std::max(largest, std::abs(value));
    if (!(least >= largest / 2)) return false;
  }
  return true;
}

}  // namespace

std::optional<MinimaxResult> zero_result(const MinimaxRequest& request,
                                         const std::vector<Rational>& start) {
  const bool has_degree = effective_degree(request.degree, request.parity) >= 0;
  if (!has_degree || !may_be(request, start)) return std::nullopt;
  const Problem<Fine> problem(request);
  std::vector<Fine> knots;
  for (const Rational& x : start) knots.push_back(from_rational<Fine>(x));
  const auto curve = [&](const Fine& x) { return Fine(problem.weight(x) * problem.target(x)); };
  auto extrema = alternating_extrema(curve, problem.segments(), knots, unguided_steps);
  Fine largest = 0;
  for (const Extremum<Fine>& extremum : extrema) {
    if (!is_finite(extremum.error)) return std::nullopt;
    largest = std::max(largest, real_abs(extremum.error));
  }
  const Fine least = largest - scale_by_power_of_two(largest, equal_log2);
  if (extrema.size() < start.size()) return std::nullopt;
  keep_best(extrema, start.size(), least, [&](const Fine& x) { return problem.map(x); });
  std::vector<Rational> reference;
  for (const Extremum<Fine>& extremum : extrema) {
    if (real_abs(extremum.error) < least) return std::nullopt;
    reference.push_back(to_rational(extremum.x));
  }
  MinimaxResult result = zero_with_error(request, to_rational(largest));
  result.error.lower = result.error.attained = to_rational(least);
  result.reference = std::move(reference);
  result.precision_bits = bits_of<Fine>;
  result.detail = "the target alternates by itself";
  return result;
}

MinimaxResult zero_with_error(const MinimaxRequest& request, const Rational& error) {
  const int degree = effective_degree(request.degree, request.parity);
  MinimaxResult result;
  result.polynomial = {.basis = request.basis.value_or(basis_for(request.domain)),
                       .coefficients = std::vector<Rational>(static_cast<std::size_t>(degree) + 1),
                       .parity = request.parity};
  result.status = MinimaxStatus::converged;
  result.error.attained = error;
  result.error.upper = error * (1 + power_of_two(equal_log2));
  return result;
}

}  // namespace equiripple
