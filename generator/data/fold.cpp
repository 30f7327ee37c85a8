// Exact maps of points and values.
#include "generator/data/fold.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace equiripple {
namespace {

constexpr long determined_log2 = -100;  // of the sum of |c|: what is below it is noise; chosen

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const DataRequest& request) {
  const auto& points = request.table.points;
  require(!points.empty() && points.size() <= most_points,
          "fit: the table must have from 1 to most_points points");
  require(request.degree >= 0 && request.degree <= highest_fit_degree,
          "fit: the degree must be from 0 to highest_fit_degree");
  require(static_cast<long>(points.size()) * (request.degree + 1) <= most_table_terms,
          "fit: points * (degree + 1) must be at most most_table_terms");
  const auto ascends = [](const DataPoint& a, const DataPoint& b) { return a.x < b.x; };
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    require(ascends(points[i], points[i + 1]), "fit: x must ascend");
  }
  const Rational largest = power_of_two(largest_end_log2);
  require(points.front().x >= -largest && points.back().x <= largest, "fit: |x| is too large");
  require(request.weights.empty() || request.weights.size() == points.size(),
          "fit: there must be a weight for each point, or none");
  require(std::ranges::all_of(request.weights, [](const Rational& w) { return w > 0; }),
          "fit: weights must be above 0");
}

Interval basis_of(const DataTable& table, Parity parity) {
  const Interval ends = hull(table);
  if (parity == Parity::none && ends.lower < ends.upper) return basis_for({ends});
  Rational size = std::max(Rational(abs(ends.lower)), Rational(abs(ends.upper)));
  if (size == 0 || parity == Parity::none) size = std::max(size, Rational(1));  // one point
  const Rational end(to_double(size, Rounding::up));
  return {-end, end};
}

struct Weighted {
  DataPoint point;
  Rational weight;

  const Rational& x() const { return point.x; }
};

// For a parity, points left of 0 onto those right of it, ascending.
std::vector<Weighted> weighted(const DataRequest& request) {
  std::vector<Weighted> all;
  for (std::size_t i = 0; i < request.table.points.size(); ++i) {
    all.push_back(
        {request.table.points[i], request.weights.empty() ? Rational(1) : request.weights[i]});
  }
  if (request.parity == Parity::none) return all;
  for (auto& [point, weight] : all) {
    const bool negated = request.parity == Parity::odd && point.x < 0;
    point = {abs(point.x), negated ? Rational(-point.y) : point.y};
  }
  std::ranges::stable_sort(all, {}, &Weighted::x);
  return all;
}

}  // namespace

FoldedTable folded(const DataRequest& request) {
  check_request(request);
  FoldedTable table{.basis = basis_of(request.table, request.parity), .parity = request.parity};
  const Rational largest = largest_value(request.table);
  table.scale_log2 = largest == 0 ? 0 : static_cast<long>(std::ceil(log2_of(largest)));
  const Rational centre = (table.basis.lower + table.basis.upper) / 2;
  const Rational half_width = (table.basis.upper - table.basis.lower) / 2;
  const Rational scale = power_of_two(-table.scale_log2);
  for (const auto& [point, weight] : weighted(request)) {
    if (request.parity == Parity::odd && point.x == 0) {
      if (point.y != 0) table.conflict = 0;
      continue;
    }
    if (!table.points.empty() && table.points.back().original.x == point.x) {
      FoldedPoint& same = table.points.back();
      if (same.original.y != point.y) table.conflict = point.x;
      same.original.y = (same.original.y + point.y) / 2;
      same.value = same.original.y * scale;
      same.count = 2;
      continue;
    }
    table.points.push_back({.u = (point.x - centre) / half_width,
                            .value = point.y * scale,
                            .original = point,
                            .weight = weight});
  }
  return table;
}

int free_coefficients(int degree, Parity parity) {
  if (parity == Parity::none) return degree + 1;
  return parity == Parity::even ? degree / 2 + 1 : (degree + 1) / 2;
}

ChebyshevSeries unfolded(const FoldedTable& table, ChebyshevSeries series) {
  series = without_undetermined(std::move(series), determined_log2);
  for (Rational& c : series.coefficients) c *= power_of_two(table.scale_log2);
  series.basis = table.basis;
  series.parity = table.parity;
  return series;
}

}  // namespace equiripple
