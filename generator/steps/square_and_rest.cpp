// The unknowns are the coefficients of q and r; the derivative of q^2 + r by them is 2 q T_j, and
// T_j.
#include "generator/steps/square_and_rest.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>
#include <vector>

#include "generator/classical/on_points.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/series_product.hpp"

namespace equiripple {
namespace {

using Coefficients = std::vector<double>;  // of T_0, T_1, ...

constexpr int points_a_degree = 8;  // of the result; chosen: the largest error is off by 3 percent
constexpr int most_steps = 40;      // chosen: ten were seen
constexpr int kept_bits = 24;       // of q and r: then q^2 + r, with the sums, has at most 53

// T_0 to T_degree at y.
Coefficients powers_at(double y, int degree) {
  Coefficients t{1, y};
  for (int k = 2; k <= degree; ++k) t.push_back(2 * y * t.end()[-1] - t.end()[-2]);
  return t;
}

// Multiples of 2^-kept_bits of a power of two above the largest.
std::vector<Rational> coarsened(const Coefficients& values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  int exponent = 0;
  std::frexp(largest, &exponent);
  const int unit = exponent - kept_bits;
  std::vector<Rational> result;
  for (const double value : values) {
    result.push_back(Rational(std::round(std::ldexp(value, -unit))) * power_of_two(unit));
  }
  return result;
}

class Descent {
 public:
  explicit Descent(const SquareAndRestRequest& request)
      : rest_size_(static_cast<std::size_t>(request.rest_degree) + 1) {
    for (const Rational& c : request.root.coefficients) root_.push_back(to_double(c));
    rest_.resize(rest_size_);
    const CompiledFunction<double> target(request.problem.target);
    const CompiledFunction<double> weight(request.problem.weight);
    const double lower = to_double(request.root.basis.lower);
    const double upper = to_double(request.root.basis.upper);
    const int degree = static_cast<int>(root_.size()) - 1;
    const int points = points_a_degree * 2 * degree;
    for (int i = 0; i <= points; ++i) {
      const double y = std::cos(std::numbers::pi * i / points);
      const double x = i == 0        ? upper
                       : i == points ? lower
                                     : (lower + upper) / 2 + y * (upper - lower) / 2;
      points_.push_back({.powers = powers_at(y, degree), .target = target(x), .weight = weight(x)});
    }
  }

  std::optional<SquareAndRest> run(const Interval& basis) {
    constexpr double least_gain = 1e-5;  // of the error; chosen
    double error = error_of(root_, rest_);
    for (int step = 0; step < most_steps; ++step) {
      const double before = error;
      if (!improve(error)) return std::nullopt;
      if (!(error < before * (1 - least_gain))) break;
    }
    if (!std::isfinite(error)) return std::nullopt;
    return SquareAndRest{.polynomial = {.basis = basis, .coefficients = exact()}, .error = error};
  }

 private:
  struct Point {
    Coefficients powers;
    double target;
    double weight;
  };

  static double value(const Coefficients& c, const Coefficients& powers) {
    double sum = 0;
    for (std::size_t k = 0; k < c.size(); ++k) sum += c[k] * powers[k];
    return sum;
  }

  static double error_at(const Point& point, const Coefficients& root, const Coefficients& rest) {
    const double q = value(root, point.powers);
    return point.weight * (point.target - q * q - value(rest, point.powers));
  }

  double error_of(const Coefficients& root, const Coefficients& rest) const {
    double largest = 0;
    for (const Point& point : points_) {
      largest = std::max(largest, std::abs(error_at(point, root, rest)));
    }
    return largest;
  }

  // One step. False where there is none.
  bool improve(double& error) {
    PointsProblem linear;
    for (const Point& point : points_) {
      Coefficients row;
      const double slope = 2 * value(root_, point.powers) * point.weight;
      for (const double power : point.powers) row.push_back(slope * power);
      for (std::size_t k = 0; k < rest_size_; ++k) row.push_back(point.weight * point.powers[k]);
      linear.rows.push_back(std::move(row));
      linear.values.push_back(error_at(point, root_, rest_));
    }
    const auto change = best_on_points(linear);
    if (!change) return false;
    constexpr int halvings = 12;  // chosen
    for (int half = 0; half < halvings; ++half) {
      Coefficients root = root_;
      Coefficients rest = rest_;
      for (std::size_t k = 0; k < root.size(); ++k) {
        root[k] += std::ldexp(change->coefficients[k], -half);
      }
      for (std::size_t k = 0; k < rest_size_; ++k) {
        rest[k] += std::ldexp(change->coefficients[root.size() + k], -half);
      }
      const double found = error_of(root, rest);
      if (!(found < error)) continue;
      root_ = std::move(root);
      rest_ = std::move(rest);
      error = found;
      break;
    }
    return true;
  }

  // q^2 + r of the rounded coefficients.
  std::vector<Rational> exact() const {
    const std::vector<Rational> q = coarsened(root_);
    std::vector<Rational> sum = product(q, q);
    const std::vector<Rational> r = coarsened(rest_);
    for (std::size_t k = 0; k < r.size(); ++k) sum[k] += r[k];
    return sum;
  }

  std::size_t rest_size_;
  Coefficients root_{};
  Coefficients rest_{};
  std::vector<Point> points_{};
};

}  // namespace

std::optional<SquareAndRest> square_and_rest(const SquareAndRestRequest& request) {
  if (request.problem.domain.size() != 1 || request.rest_degree < 0 ||
      request.rest_degree >= request.root.degree()) {
    throw std::invalid_argument(
        "square_and_rest: one interval, and a rest of a lower degree than the root");
  }
  return Descent(request).run(request.root.basis);
}

}  // namespace equiripple
