// Barycentric interpolation in double, then sums of cosines.
#include "generator/exchange/correction.hpp"

#include <algorithm>
#include <cmath>

#include "generator/numbers/real.hpp"

namespace equiripple {
namespace {

// a - b, from the end of [-1, 1] that is nearer.
double difference(const EndDistances& a, const EndDistances& b) {
  return a.from_lower + b.from_lower < 2 ? a.from_lower - b.from_lower : b.to_upper - a.to_upper;
}

// Of many differences, with an exponent of its own.
class Product {
 public:
  explicit Product(int exponent) : exponent_(exponent) {}

  void multiply(double factor) {
    value_ *= factor;
    if (++pending_ == renormalise_every) normalise();
  }

  double times(double factor) {
    normalise();
    return std::ldexp(value_ * factor, exponent_);
  }

  double log2() {
    normalise();
    return std::log2(std::abs(value_)) + exponent_;
  }

  double mantissa() {
    normalise();
    return value_;
  }
  int exponent() const { return exponent_; }

 private:
  static constexpr int renormalise_every = 8;  // chosen: eight differences above 2^-100 fit

  void normalise() {
    int shift = 0;
    value_ = std::frexp(value_, &shift);
    exponent_ += shift;
    pending_ = 0;
  }

  double value_ = 1;
  int exponent_;
  int pending_ = 0;
};

}  // namespace

Corrector::Corrector(std::vector<EndDistances> points, std::vector<double> reciprocal_weights)
    : points_(std::move(points)), reciprocal_weights_(std::move(reciprocal_weights)) {
  std::vector<double> mantissas;
  std::vector<int> exponents;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    Product product(0);
    for (std::size_t j = 0; j < points_.size(); ++j) {
      if (j != i) product.multiply(difference(points_[i], points_[j]));
    }
    mantissas.push_back(product.mantissa());
    exponents.push_back(product.exponent());
  }
  const int smallest = *std::ranges::min_element(exponents);
  scale_log2_ = smallest;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    weights_.push_back(std::ldexp(1 / mantissas[i], smallest - exponents[i]));
    denominator_ += std::abs(weights_[i] * reciprocal_weights_[i]);
  }
}

std::optional<Correction> Corrector::correct(const std::vector<double>& residuals) const {
  double numerator = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) numerator += weights_[i] * residuals[i];
  Correction correction{.level = numerator / denominator_, .coefficients = {}};
  std::vector<double> values;  // weights times what the polynomial takes at the points
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const double step = correction.level * reciprocal_weights_[i];
    values.push_back(residuals[i] - (weights_[i] < 0 ? -step : step));
  }
  const double pi = real_pi<double>();
  const std::size_t count = points_.size() - 1;
  std::vector<double> cosines;  // cos(pi k / (2 count))
  for (std::size_t k = 0; k < 4 * count; ++k) {
    cosines.push_back(std::cos(pi * static_cast<double>(k) / (2 * static_cast<double>(count))));
  }
  std::vector<double> at_nodes;
  for (std::size_t k = 0; k < count; ++k) {
    const double half_angle =
        pi * (2 * static_cast<double>(k) + 1) / (4 * static_cast<double>(count));
    const double c = std::cos(half_angle);
    const double s = std::sin(half_angle);
    const EndDistances node{2 * c * c, 2 * s * s};
    // prod (v - v_j) sum b_i y_i / (v - v_i), with the product by itself: dividing by the sum of
    // b_i / (v - v_i) instead would cancel where the polynomial is large, as in a gap of the
    // domain.
    double sum = 0;
    std::optional<double> met;
    Product product(-scale_log2_);
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const double distance = difference(node, points_[i]);
      if (distance == 0) met = values[i];
      product.multiply(distance);
      sum += weights_[i] / distance * values[i];
    }
    at_nodes.push_back(met ? *met : product.times(sum));
    if (!std::isfinite(at_nodes.back())) return std::nullopt;
  }
  for (std::size_t k = 0; k < count; ++k) {
    double sum = 0;
    std::size_t angle = k;
    for (const double value : at_nodes) {
      sum += value * cosines[angle];
      angle += 2 * k;
      if (angle >= 4 * count) angle -= 4 * count;
    }
    correction.coefficients.push_back(sum * (k == 0 ? 1 : 2) / static_cast<double>(count));
  }
  return correction;
}

double Corrector::magnitude(const std::vector<double>& values) const {
  double sum = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) sum += std::abs(weights_[i] * values[i]);
  return sum / denominator_;
}

// b_i / (v - v_i) times prod (v - v_j), with the product by itself: their sum, 1, cancels.
double Corrector::amplification_log2(const EndDistances& v) const {
  double sum = 0;
  Product product(-scale_log2_);
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const double distance = std::abs(difference(v, points_[i]));
    if (distance == 0) return std::log2(std::abs(reciprocal_weights_[i]));
    sum += std::abs(weights_[i] * reciprocal_weights_[i]) / distance;
    product.multiply(distance);
  }
  return std::log2(sum) + product.log2();
}

}  // namespace equiripple
