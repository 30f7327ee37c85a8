// Plain loops over exact rationals.
#include "tests/support/tables.hpp"

#include <algorithm>
#include <set>

namespace equiripple::test {

DataTable grid(const Rational& lower, const Rational& upper, int count,
               const std::function<Rational(const Rational&)>& f) {
  DataTable table;
  for (int i = 0; i < count; ++i) {
    const Rational x = count == 1 ? lower : Rational(lower + (upper - lower) * i / (count - 1));
    table.points.push_back({x, f(x)});
  }
  return table;
}

DataTable random_table(Random& random, int count) {
  std::set<int> places;
  while (static_cast<int>(places.size()) < count) places.insert(integer_between(random, -128, 128));
  DataTable table;
  for (const int place : places) {
    table.points.push_back({Rational(place) / 64, Rational(real_between(random, -1, 1))});
  }
  return table;
}

Rational value_at(const ChebyshevSeries& p, const Rational& x) {
  const Rational y = (2 * x - p.basis.lower - p.basis.upper) / (p.basis.upper - p.basis.lower);
  Rational before = y;  // T_{-1}
  Rational t = 1;
  Rational sum = 0;
  for (const Rational& c : p.coefficients) {
    sum += c * t;
    const Rational next = 2 * y * t - before;
    before = t;
    t = next;
  }
  return sum;
}

Rational largest_error(const DataTable& table, const ChebyshevSeries& p) {
  Rational largest = 0;
  for (const DataPoint& point : table.points) {
    largest = std::max(largest, Rational(abs(point.y - value_at(p, point.x))));
  }
  return largest;
}

Rational exhaustive_minimax(const DataTable& table, int degree) {
  const auto& points = table.points;
  const std::size_t m = static_cast<std::size_t>(degree) + 2;
  if (points.size() < m) return 0;
  std::vector<bool> chosen(points.size(), false);
  std::fill_n(chosen.begin(), m, true);
  Rational largest = 0;
  do {
    Rational numerator = 0;
    Rational denominator = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (!chosen[i]) continue;
      Rational product = 1;
      for (std::size_t j = 0; j < points.size(); ++j) {
        if (chosen[j] && j != i) product *= points[i].x - points[j].x;
      }
      numerator += points[i].y / product;
      denominator += abs(Rational(1 / product));
    }
    largest = std::max(largest, Rational(abs(numerator) / denominator));
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
  return largest;
}

std::vector<Rational> normal_equations(const DataTable& table, int degree) {
  const std::size_t n = static_cast<std::size_t>(degree) + 1;
  std::vector<std::vector<Rational>> rows(n, std::vector<Rational>(n + 1, 0));
  for (const DataPoint& point : table.points) {
    std::vector<Rational> powers{1};
    while (powers.size() < 2 * n) powers.push_back(powers.back() * point.x);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) rows[i][j] += powers[i + j];
      rows[i][n] += powers[i] * point.y;
    }
  }
  for (std::size_t k = 0; k < n; ++k) {  // positive definite: no pivot is 0
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const Rational factor = rows[i][k] / rows[k][k];
      for (std::size_t j = k; j <= n; ++j) rows[i][j] -= factor * rows[k][j];
    }
  }
  std::vector<Rational> solution;
  for (std::size_t k = 0; k < n; ++k) solution.push_back(rows[k][n] / rows[k][k]);
  return solution;
}

bool alternates(const DataTable& table, const DataResult& fit, int free, int bits) {
  if (static_cast<int>(fit.reference.size()) != free + 1) return false;
  const Rational largest = largest_error(table, fit.polynomial);
  int previous = 0;
  for (const DataPoint& point : fit.reference) {
    const Rational error = point.y - value_at(fit.polynomial, point.x);
    const int sign = error > 0 ? 1 : -1;
    if (sign == previous) return false;
    if (largest - abs(error) > largest * power_of_two(-bits)) return false;
    previous = sign;
  }
  return true;
}

}  // namespace equiripple::test
