// Comparisons of exact points.
#include "generator/data/table.hpp"

#include <algorithm>
#include <stdexcept>

namespace equiripple {

Interval hull(const DataTable& table) {
  if (table.points.empty()) throw std::invalid_argument("hull: the table is empty");
  return {table.points.front().x, table.points.back().x};
}

Parity parity_of(const DataTable& table) {
  bool odd = true;
  bool even = true;
  const auto& points = table.points;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const DataPoint& mirror = points[points.size() - 1 - i];
    if (points[i].x != -mirror.x) return Parity::none;
    odd = odd && points[i].y == -mirror.y;
    even = even && points[i].y == mirror.y;
  }
  return even ? Parity::even : odd ? Parity::odd : Parity::none;
}

Rational largest_value(const DataTable& table) {
  Rational largest = 0;
  for (const DataPoint& point : table.points) largest = std::max(largest, Rational(abs(point.y)));
  return largest;
}

}  // namespace equiripple
