// The inverse of the reference's equations, changed by one row at a time.
#include "generator/classical/on_points.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace equiripple {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

constexpr double singular = 0x1p-44;  // of the largest pivot; chosen: few digits are left below it

// By Gauss and Jordan.
std::optional<Matrix> inverse(Matrix a) {
  const std::size_t n = a.size();
  Matrix result(n, Vector(n));
  for (std::size_t i = 0; i < n; ++i) result[i][i] = 1;
  double largest = 0;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
    }
    std::swap(a[k], a[pivot]);
    std::swap(result[k], result[pivot]);
    const double lead = a[k][k];
    largest = std::max(largest, std::abs(lead));
    if (!(std::abs(lead) > singular * largest)) return std::nullopt;  // not a number, too
    for (std::size_t j = 0; j < n; ++j) {
      a[k][j] /= lead;
      result[k][j] /= lead;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const double factor = a[i][k];
      if (i == k || factor == 0) continue;
      for (std::size_t j = 0; j < n; ++j) {
        a[i][j] -= factor * a[k][j];
        result[i][j] -= factor * result[k][j];
      }
    }
  }
  return result;
}

// The equations of a reference: sign (row . x - value) = -level, a line a point; unknown are x and
// the level.
class Reference {
 public:
  explicit Reference(const PointsProblem& problem) : problem_(problem) {}

  // Points at equal distances in their list.
  bool start() {
    const std::size_t n = problem_.rows.front().size();
    for (std::size_t k = 0; k <= n; ++k) {
      points_.push_back(k * (problem_.rows.size() - 1) / n);
      signs_.push_back(k % 2 == 0 ? 1 : -1);
    }
    if (!invert()) return false;
    const Vector multipliers = inverse_.back();
    for (std::size_t k = 0; k <= n; ++k) {
      if (multipliers[k] < 0) signs_[k] = -signs_[k];
    }
    if (!invert()) return false;
    if (solution().back() >= 0) return true;
    for (double& sign : signs_) sign = -sign;
    return invert();
  }

  // x, then the level.
  Vector solution() const {
    Vector solved;
    for (const Vector& line : inverse_) {
      double sum = 0;
      for (std::size_t k = 0; k < points_.size(); ++k) {
        sum += line[k] * signs_[k] * problem_.values[points_[k]];
      }
      solved.push_back(sum);
    }
    return solved;
  }

  // False where no multiplier would stay positive.
  bool exchange(std::size_t point, double sign) {
    const Vector entering = line_of(point, sign);
    const std::size_t n = points_.size();
    Vector shares(n);  // of the lines in the one that enters
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < n; ++k) shares[k] += entering[i] * inverse_[i][k];
    }
    std::size_t leaving = n;
    for (std::size_t k = 0; k < n; ++k) {
      if (shares[k] <= singular) continue;
      if (leaving == n ||
          inverse_.back()[k] * shares[leaving] < inverse_.back()[leaving] * shares[k]) {
        leaving = k;
      }
    }
    if (leaving == n) return false;
    for (Vector& line : inverse_) {
      line[leaving] /= shares[leaving];
      for (std::size_t k = 0; k < n; ++k) {
        if (k != leaving) line[k] -= shares[k] * line[leaving];
      }
    }
    points_[leaving] = point;
    signs_[leaving] = sign;
    return true;
  }

  bool invert() {
    Matrix lines;
    for (std::size_t k = 0; k < points_.size(); ++k)
      lines.push_back(line_of(points_[k], signs_[k]));
    auto inverted = inverse(std::move(lines));
    if (!inverted) return false;
    inverse_ = std::move(*inverted);
    return true;
  }

 private:
  Vector line_of(std::size_t point, double sign) const {
    Vector line = problem_.rows[point];
    for (double& entry : line) entry *= sign;
    line.push_back(1);
    return line;
  }

  const PointsProblem& problem_;
  std::vector<std::size_t> points_{};
  Vector signs_{};
  Matrix inverse_{};  // its last line: the multipliers
};

}  // namespace

std::optional<PointsFit> best_on_points(const PointsProblem& problem) {
  constexpr double enough = 1e-6;       // of the level; chosen
  constexpr int most_exchanges = 4000;  // chosen: some hundred were seen for 60 functions
  constexpr int refreshed_after = 64;  // exchanges: the inverse anew, before rounding grows; chosen
  if (problem.rows.empty() || problem.rows.size() <= problem.rows.front().size() ||
      problem.rows.size() != problem.values.size()) {
    throw std::invalid_argument("best_on_points: needs a value a point, and more than functions");
  }
  Reference reference(problem);
  if (!reference.start()) return std::nullopt;
  for (int i = 1; i <= most_exchanges; ++i) {
    if (i % refreshed_after == 0 && !reference.invert()) return std::nullopt;
    Vector x = reference.solution();
    const double level = x.back();
    x.pop_back();
    std::size_t worst = 0;
    double largest = 0;
    for (std::size_t k = 0; k < problem.rows.size(); ++k) {
      double rest = problem.values[k];
      for (std::size_t j = 0; j < x.size(); ++j) rest -= problem.rows[k][j] * x[j];
      if (std::abs(rest) > std::abs(largest)) {
        largest = rest;
        worst = k;
      }
    }
    if (!std::isfinite(largest)) return std::nullopt;
    if (std::abs(largest) <= level * (1 + enough)) return PointsFit{std::move(x), level};
    if (!reference.exchange(worst, largest > 0 ? 1 : -1)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace equiripple
