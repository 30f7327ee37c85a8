// Least squares by the three-term recurrence of the orthogonal polynomials of the points [For57],
// on two rungs: what they agree on is determined.
//
// With v = u, or for a parity v = T_2(u) = 2 u^2 - 1, p(x) = sum of d_j T_j(v), times u where odd.
// Each orthogonal polynomial is kept as its values at the points and as its coefficients.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "generator/data/fit.hpp"
#include "generator/data/interpolate.hpp"

namespace equiripple {
namespace {

constexpr std::array rungs = {128, 256, 512, 1024, 2048, highest_bits};
constexpr long agreement_log2 =
    -70;  // two rungs, over the sum of |c|: 17 bits beyond binary64; chosen

template <class T>
struct Weighted {  // one point
  T v;
  T value;
  T weight;
};

template <class T>
std::vector<Weighted<T>> weighted_points(const FoldedTable& table) {
  std::vector<Weighted<T>> points;
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
bool holds_apart(const std::vector<Weighted<T>>& points, std::size_t count) {
  std::size_t distinct = points.empty() ? 0 : 1;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    if (points[i].v < points[i + 1].v) ++distinct;
  }
  return distinct >= count;
}

// v times a series in T_j(v): v T_0 = T_1, v T_j = (T_{j+1} + T_{j-1}) / 2.
template <class T>
std::vector<T> times_v(const std::vector<T>& series) {
  std::vector<T> product(series.size() + 1, T(0));
  product[1] = series[0];
  for (std::size_t j = 1; j < series.size(); ++j) {
    product[j + 1] += series[j] / 2;
    product[j - 1] += series[j] / 2;
  }
  return product;
}

template <class T>
std::vector<T> fitted(const std::vector<Weighted<T>>& points, std::size_t terms) {
  struct Orthogonal {
    std::vector<T> at_points;
    std::vector<T> series;
  };
  Orthogonal current{std::vector<T>(points.size(), T(1)), {T(1)}};
  Orthogonal before{std::vector<T>(points.size(), T(0)), {}};
  std::vector<T> residual;
  for (const auto& point : points) residual.push_back(point.value);
  std::vector<T> sum(terms, T(0));
  T norm_before = 0;
  for (std::size_t k = 0; k < terms; ++k) {
    T norm = 0;
    T moment = 0;
    T projection = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const T share = points[i].weight * current.at_points[i];
      const T square = share * current.at_points[i];
      norm += square;
      moment += square * points[i].v;
      projection += share * residual[i];
    }
    const T coefficient = projection / norm;
    for (std::size_t j = 0; j < current.series.size(); ++j) {
      sum[j] += coefficient * current.series[j];
    }
    const T centre = moment / norm;
    const T ratio = k == 0 ? T(0) : T(norm / norm_before);
    for (std::size_t i = 0; i < points.size(); ++i) {
      residual[i] -= coefficient * current.at_points[i];
      const T next = (points[i].v - centre) * current.at_points[i] - ratio * before.at_points[i];
      before.at_points[i] = current.at_points[i];
      current.at_points[i] = next;
    }
    std::vector<T> next = times_v(current.series);
    for (std::size_t j = 0; j < current.series.size(); ++j) next[j] -= centre * current.series[j];
    for (std::size_t j = 0; j < before.series.size(); ++j) next[j] -= ratio * before.series[j];
    before.series = std::move(current.series);
    current.series = std::move(next);
    norm_before = norm;
  }
  return sum;
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
  for (const T& d : fitted(points, terms)) {
    if (!is_finite(d)) return std::nullopt;
    exact.push_back(to_rational(d));
  }
  return in_basis(exact, table.parity);
}

bool agree(const ChebyshevSeries& a, const ChebyshevSeries& b) {
  Rational sum = 0;
  for (const Rational& c : b.coefficients) sum += abs(c);
  return coefficient_distance(a, b) <= sum * power_of_two(agreement_log2);
}

DataResult solve(const FoldedTable& table, int terms, DataStatus status) {
  const std::size_t used = std::min(static_cast<std::size_t>(terms), table.points.size());
  std::optional<ChebyshevSeries> before;
  DataResult result{.status = DataStatus::not_determined};
  for (const int rung : rungs) {
    auto series = on_rung(rung, [&]<class T>(Rung<T>) { return fit_on<T>(table, used); });
    if (before && series && agree(*before, *series)) {
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
