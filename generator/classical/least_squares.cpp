// Projection onto polynomials, and what is made of it.
#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "generator/classical/classical.hpp"
#include "generator/classical/settle.hpp"
#include "generator/classical/weighted_nodes.hpp"
#include "generator/data/orthogonal_fit.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

using Precise = Nodes::Number;
using Points = Nodes::Points;

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const ProjectionRequest& request) {
  require(check(request.domain).defect == DomainDefect::none, "least_squares: the domain");
  require(request.degree >= 0 && request.degree <= highest_classical_degree,
          "least_squares: the degree is from 0 to highest_classical_degree");
}

// On finer and finer nodes until two fits agree; `verified` points of weight 0 come before the
// nodes, and `suffices` is asked of the errors there.
template <class Suffices>
ClassicalResult fit_until_determined(const ProjectionRequest& request, const Points& verified,
                                     const Suffices& suffices) {
  const Interval basis = basis_for(request.domain);
  const auto terms = static_cast<std::size_t>(request.degree) + 1;
  std::optional<ChebyshevSeries> before;
  for (int level = Nodes::first_level; level <= Nodes::last_level; ++level) {
    const auto nodes = Nodes::of(request, level);
    if (!nodes) {
      return unsettled(ClassicalStatus::not_finite,
                       "the function has no finite value within reach, or the density one below 0");
    }
    if (nodes->size() < terms) continue;
    Points points = verified;
    points.insert(points.end(), nodes->begin(), nodes->end());
    ChebyshevSeries series{.basis = basis};
    for (const Precise& c : orthogonal_fit(points, terms, suffices)) {
      series.coefficients.push_back(coefficient_from(c));
    }
    if (before && agree_to(*before, series, determined_log2)) return settled(std::move(series));
    before = std::move(series);
  }
  return unsettled(ClassicalStatus::not_determined,
                   before ? "finer and finer integration does not agree on the coefficients"
                          : "the density is 0 at all but a few points of the domain");
}

// The integral from 0 to x: the integral of T_k is T_{k+1} / (2k + 2) - T_{k-1} / (2k - 2).
ChebyshevSeries integral_from_zero(const ChebyshevSeries& series) {
  const Rational half = (series.basis.upper - series.basis.lower) / 2;
  std::vector<Rational> sum(series.coefficients.size() + 1, 0);
  for (std::size_t k = 0; k < series.coefficients.size(); ++k) {
    const Rational c = half * series.coefficients[k];
    const auto order = static_cast<long>(k);
    if (k == 0) {
      sum[1] += c;
    } else {
      sum[k + 1] += c / (2 * (order + 1));
      if (k > 1) sum[k - 1] -= c / (2 * (order - 1));
    }
  }
  ChebyshevSeries integral{.basis = series.basis, .coefficients = std::move(sum)};
  const SeriesEvaluator<Precise> value(integral);
  integral.coefficients[0] = -to_rational(value(Precise(0)));
  return integral;
}

}  // namespace

ClassicalResult least_squares(const ProjectionRequest& request) {
  check_request(request);
  return fit_until_determined(request, {},
                              [](std::size_t, const std::vector<Precise>&) { return false; });
}

ClassicalResult least_squares_at(const ProjectionRequest& request,
                                 const std::vector<double>& points) {
  check_request(request);
  const Interval basis = basis_for(request.domain);
  const OnBasis on_basis(basis);
  const CompiledFunction<Precise> target(request.target);
  std::map<double, long> counts;
  for (const double x : points) ++counts[x];
  if (counts.size() <= static_cast<std::size_t>(request.degree)) {
    return unsettled(ClassicalStatus::not_determined,
                     "there are fewer different points than coefficients");
  }
  Points weighted;
  for (const auto& [x, count] : counts) {
    const Precise value = target(Precise(x));
    if (!is_within_reach(value)) {
      return unsettled(ClassicalStatus::not_finite,
                       "the function has no finite value within reach at a point");
    }
    weighted.push_back({on_basis(Precise(x)), value, Precise(count)});
  }
  ChebyshevSeries series{.basis = basis};
  for (const Precise& c : orthogonal_fit(weighted, static_cast<std::size_t>(request.degree) + 1)) {
    series.coefficients.push_back(coefficient_from(c));
  }
  return settled(std::move(series));
}

ClassicalResult integral_of_least_squares(const ProjectionRequest& request) {
  require(request.degree >= 1, "integral_of_least_squares: the degree is at least 1");
  ProjectionRequest derivative = request;
  derivative.degree = request.degree - 1;
  ClassicalResult result = least_squares(derivative);
  if (!result.usable()) return result;
  return settled(integral_from_zero(result.polynomial));
}

ClassicalResult rising_least_squares(const ProjectionRequest& request, const Rational& limit) {
  check_request(request);
  require(request.degree >= 1, "rising_least_squares: the degree is at least 1");
  require(request.domain.size() == 1, "rising_least_squares: one interval");
  const CompiledFunction<Precise> target(request.target);
  const OnBasis on_basis(basis_for(request.domain));
  const Interval& interval = request.domain.front();
  Points verified;
  const auto verify_at = [&](const Rational& point) {
    const auto x = from_rational<Precise>(point);
    verified.push_back({on_basis(x), target(x), Precise(0)});
  };
  for (int i = 0; i < verification_points; ++i) {
    verify_at(interval.lower + (interval.upper - interval.lower) * i / (verification_points - 1));
  }
  for (const Rational& kink : request.kinks) verify_at(kink);
  const auto most = from_rational<Precise>(limit);
  bool met = false;
  const auto suffices = [&](std::size_t count, const std::vector<Precise>& errors) {
    const auto end = errors.begin() + static_cast<std::ptrdiff_t>(verified.size());
    met = count >= 2 &&
          std::all_of(errors.begin(), end, [&](const Precise& e) { return real_abs(e) <= most; });
    return met;
  };
  ClassicalResult result = fit_until_determined(request, verified, suffices);
  if (!result.usable() || met) return result;
  return unsettled(ClassicalStatus::limit_not_met, "the error passes the limit at every degree");
}

}  // namespace equiripple
