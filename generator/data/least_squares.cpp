// Least squares by the orthogonal polynomials of the points [For57], on two rungs: what they agree
// on is determined.
//
// With v = u, or for a parity v = T_2(u) = 2 u^2 - 1, p(x) = sum of d_j T_j(v), times u where odd.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "generator/data/fit.hpp"
#include "generator/data/interpolate.hpp"
#include "generator/data/orthogonal_fit.hpp"
#include "generator/numbers/memory.hpp"

namespace equiripple {
namespace {

constexpr std::array rungs = {128, 256, 512, 1024, 2048, highest_bits};
constexpr long agreement_log2 =
    -70;  // two rungs, over the sum of |c|: 17 bits beyond binary64; chosen

template <class T>
std::vector<WeightedPoint<T>> weighted_points(const FoldedTable& table) {
  std::vector<WeightedPoint<T>> points;
  for (const FoldedPoint& point : table.points) {
    const T u = from_rational<T>(point.u);
    const T value = from_rational<T>(point.value);
    const T v = table.parity == Parity::none ? u : T(2 * u * u - 1);
    const bool odd = table.parity == Parity::odd;
    points.push_back(
        {v, odd ? T(value / u) : value, odd ? T(u * u * point.count) : T(point.count)});
  }
  return points;
}

template <class T>
bool holds_apart(const std::vector<WeightedPoint<T>>& points, std::size_t count) {
  std::size_t distinct = points.empty() ? 0 : 1;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    if (points[i].v < points[i + 1].v) ++distinct;
  }
  return distinct >= count;
}

// d_j T_j(v) in T_k(u): T_j(T_2(u)) = T_2j(u), and u T_2j = (T_{2j+1} + T_{2j-1}) / 2.
ChebyshevSeries in_basis(const std::vector<Rational>& d, Parity parity) {
  ChebyshevSeries series{.parity = parity};
  series.coefficients.assign(parity == Parity::none ? d.size() : 2 * d.size(), 0);
  auto& c = series.coefficients;
  for (std::size_t j = 0; j < d.size(); ++j) {
    if (parity == Parity::none) {
      c[j] = d[j];
    } else if (parity == Parity::even) {
      c[2 * j] = d[j];
    } else {
      c[2 * j + 1] += d[j] / 2;
      c[j == 0 ? 1 : 2 * j - 1] += d[j] / 2;
    }
  }
  if (c.empty()) c.assign(1, 0);
  return series;
}

template <class T>
std::optional<ChebyshevSeries> fit_on(const FoldedTable& table, std::size_t terms) {
  const auto points = weighted_points<T>(table);
  if (!holds_apart(points, terms)) return std::nullopt;
  std::vector<Rational> exact;
  for (const T& d : orthogonal_fit(points, terms)) {
    if (!is_finite(d)) return std::nullopt;
    exact.push_back(to_rational(d));
  }
  return in_basis(exact, table.parity);
}

DataResult solve(const FoldedTable& table, int terms, DataStatus status) {
  const std::size_t used = std::min(static_cast<std::size_t>(terms), table.points.size());
  std::optional<ChebyshevSeries> before;
  DataResult result{.status = DataStatus::not_determined};
  for (const int rung : rungs) {
    auto series = on_rung(rung, [&]<class T>(Rung<T>) { return fit_on<T>(table, used); });
    if (before && series && agree_to(*before, *series, agreement_log2)) {
      result.status = status;
      result.polynomial = unfolded(table, std::move(*series));
      result.precision_bits = rung;
      result.detail = "two rungs agree on the coefficients";
      return result;
    }
    before = std::move(series);
    // Had the points been held apart so far, no binary64 table would survive their steepness.
    constexpr int hopeless_bits = 1024;  // chosen
    if (before && rung >= hopeless_bits) break;
  }
  result.detail = "the coefficients are below what the ladder resolves";
  return result;
}

}  // namespace

DataResult interpolate(const FoldedTable& table, int terms) {
  return solve(table, terms, DataStatus::interpolates);
}

DataResult least_squares(const DataRequest& request) {
  free_caches_with_thread();
  const FoldedTable table = folded(request);
  const int free = free_coefficients(request.degree, request.parity);
  const bool passes = !table.conflict && table.points.size() <= static_cast<std::size_t>(free);
  return solve(table, free, passes ? DataStatus::interpolates : DataStatus::converged);
}

}  // namespace equiripple
