// Projection onto polynomials, and what is made of it.
#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "generator/classical/classical.hpp"
#include "generator/classical/quadrature.hpp"
#include "generator/classical/settle.hpp"
#include "generator/data/orthogonal_fit.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

using Precise = Real<256>;  // chosen: 2^determined_log2 after the losses of degree 255

// Steps of 2^-level: the first has some hundred nodes a piece, the last some ten thousand.
constexpr int first_level = 4;
constexpr int last_level = 10;

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const ProjectionRequest& request) {
  require(check(request.domain).defect == DomainDefect::none, "least_squares: the domain");
  require(request.degree >= 0 && request.degree <= highest_classical_degree,
          "least_squares: the degree is from 0 to highest_classical_degree");
}

// Intervals without a kink inside, halved at 0, where functions of encrypted computing change most.
Domain smooth_pieces(const ProjectionRequest& request) {
  std::vector<Rational> cuts = request.kinks;
  cuts.insert(std::ranges::lower_bound(cuts, Rational(0)), Rational(0));
  Domain pieces;
  for (Interval rest : request.domain) {
    for (const Rational& cut : cuts) {
      if (cut <= rest.lower || cut >= rest.upper) continue;
      pieces.push_back({rest.lower, cut});
      rest.lower = cut;
    }
    pieces.push_back(rest);
  }
  return pieces;
}

std::vector<QuadratureNode<Precise>> nodes_on(const Domain& pieces, int level) {
  std::vector<QuadratureNode<Precise>> nodes;
  for (const Interval& piece : pieces) {
    const auto more = double_exponential(from_rational<Precise>(piece.lower),
                                         from_rational<Precise>(piece.upper), level);
    nodes.insert(nodes.end(), more.begin(), more.end());
  }
  return nodes;
}

using Points = std::vector<WeightedPoint<Precise>>;

// x on the basis.
class Basis {
 public:
  explicit Basis(const Interval& basis)
      : centre_(from_rational<Precise>((basis.lower + basis.upper) / 2)),
        scale_(from_rational<Precise>(2 / (basis.upper - basis.lower))) {}
  Precise operator()(const Precise& x) const { return (x - centre_) * scale_; }

 private:
  Precise centre_;
  Precise scale_;
};

// Target and density at the nodes; empty where one of them has no value at a node.
std::optional<Points> samples(const ProjectionRequest& request, const Basis& on_basis, int level) {
  const CompiledFunction<Precise> target(request.target);
  const CompiledFunction<Precise> density(request.density);
  Points points;
  for (const auto& node : nodes_on(smooth_pieces(request), level)) {
    const Precise value = target(node.x);
    const Precise weight = node.weight * density(node.x);
    if (!is_within_reach(value) || !is_within_reach(weight) || weight < 0) return std::nullopt;
    if (weight > 0) points.push_back({on_basis(node.x), value, weight});
  }
  return points;
}

// On finer and finer nodes until two fits agree; `verified` points of weight 0 come before the
// nodes, and `suffices` is asked of the errors there.
template <class Suffices>
ClassicalResult fit_until_determined(const ProjectionRequest& request, const Points& verified,
                                     const Suffices& suffices) {
  const Interval basis = basis_for(request.domain);
  const auto terms = static_cast<std::size_t>(request.degree) + 1;
  std::optional<ChebyshevSeries> before;
  for (int level = first_level; level <= last_level; ++level) {
    const auto nodes = samples(request, Basis(basis), level);
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
  const Basis on_basis(basis);
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
  const Basis on_basis(basis_for(request.domain));
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
