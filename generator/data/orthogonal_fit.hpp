// Weighted least squares on points by the three-term recurrence of their orthogonal polynomials
// [For57]: no linear system.
//
// Each orthogonal polynomial is kept as its values at the points and as its coefficients.
#pragma once

#include <utility>
#include <vector>

namespace equiripple {

template <class T>
struct WeightedPoint {
  T v;
  T value;
  T weight;  // at least 0
};

/// v times a series in T_j(v): v T_0 = T_1, v T_j = (T_{j+1} + T_{j-1}) / 2.
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

/// The coefficients, in T_j(v), of the polynomial of at most `terms` terms whose weighted sum of
/// squared errors is smallest; at least `terms` points have different v and a weight above 0. Ends
/// with fewer terms where `suffices(count, residuals)`, asked after each, is true of the errors at
/// all points; those of weight 0 do not take part in the fit.
template <class T, class Suffices>
std::vector<T> orthogonal_fit(const std::vector<WeightedPoint<T>>& points, std::size_t terms,
                              const Suffices& suffices) {
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
    if (suffices(k + 1, residual)) {
      sum.resize(k + 1);
      break;
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

/// Of exactly `terms` terms.
template <class T>
std::vector<T> orthogonal_fit(const std::vector<WeightedPoint<T>>& points, std::size_t terms) {
  return orthogonal_fit(points, terms, [](std::size_t, const std::vector<T>&) { return false; });
}

}  // namespace equiripple
