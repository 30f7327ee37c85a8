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

}  // namespace

Corrector::Corrector(std::vector<EndDistances> points, std::vector<double> reciprocal_weights)
    : points_(std::move(points)), reciprocal_weights_(std::move(reciprocal_weights)) {
  constexpr std::size_t renormalise_every = 8;  // chosen: eight differences above 2^-100 fit
  std::vector<double> mantissas;
  std::vector<int> exponents;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    double product = 1;
    int exponent = 0;
    const auto normalise = [&] {
      int shift = 0;
      product = std::frexp(product, &shift);
      exponent += shift;
    };
    for (std::size_t j = 0; j < points_.size(); ++j) {
      if (j != i) product *= difference(points_[i], points_[j]);
      if (j % renormalise_every == 0) normalise();
    }
    normalise();
    mantissas.push_back(product);
    exponents.push_back(exponent);
  }
  const int smallest = *std::ranges::min_element(exponents);
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
    double above = 0;
    double below = 0;
    std::optional<double> met;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const double distance = difference(node, points_[i]);
      if (distance == 0) met = values[i];
      const double share = weights_[i] / distance;
      above += share * values[i];
      below += share;
    }
    at_nodes.push_back(met ? *met : above / below);
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

}  // namespace equiripple
