// Normal equations with a ridge: (G + noise^2) c = b, G_jk the mean of T_j T_k, b_k that of the
// target times T_k.
//
// T_j T_k = (T_{j+k} + T_{|j-k|}) / 2, so that the means of T_0, ..., T_2n are all of G. Its
// eigenvalues are at most n + 1, and with the ridge none is below about noise^2: solving loses
// -2 log2(noise) + log2(n + 1) bits of 256, up to 136, which leaves 120; two rules are compared.
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "generator/classical/classical.hpp"
#include "generator/classical/settle.hpp"
#include "generator/classical/weighted_nodes.hpp"

namespace equiripple {
namespace {

using Precise = Nodes::Number;

struct Means {
  std::vector<Precise> basis;   // of T_0, ..., T_2n
  std::vector<Precise> target;  // of the target times T_0, ..., T_n
};

Means means_at(const Nodes::Points& points, std::size_t terms) {
  Means means{.basis = std::vector<Precise>(2 * terms - 1, Precise(0)),
              .target = std::vector<Precise>(terms, Precise(0))};
  Precise mass = 0;
  for (const auto& point : points) {
    mass += point.weight;
    Precise before = point.v;  // T_{-1} = T_1
    Precise current = 1;
    for (std::size_t k = 0; k < means.basis.size(); ++k) {
      const Precise part = point.weight * current;
      means.basis[k] += part;
      if (k < terms) means.target[k] += part * point.value;
      Precise next = 2 * point.v * current - before;
      before = std::exchange(current, std::move(next));
    }
  }
  for (Precise& mean : means.basis) mean /= mass;
  for (Precise& mean : means.target) mean /= mass;
  return means;
}

// By Cholesky's decomposition L D L^T, without pivots: the matrix is positive definite.
std::vector<Precise> solved(std::vector<std::vector<Precise>> matrix, std::vector<Precise> right) {
  const std::size_t n = right.size();
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = k + 1; i < n; ++i) {
      const Precise factor = matrix[i][k] / matrix[k][k];
      for (std::size_t j = k + 1; j <= i; ++j) matrix[i][j] -= factor * matrix[j][k];
      right[i] -= factor * right[k];
    }
    for (std::size_t i = k + 1; i < n; ++i) matrix[k][i] = matrix[i][k];
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) right[k] -= matrix[k][j] * right[j];
    right[k] /= matrix[k][k];
  }
  return right;
}

std::vector<Precise> coefficients(const Means& means, std::size_t terms, const Precise& variance) {
  std::vector<std::vector<Precise>> matrix(terms, std::vector<Precise>(terms, Precise(0)));
  for (std::size_t j = 0; j < terms; ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      matrix[j][k] = (means.basis[j + k] + means.basis[j - k]) / 2;
    }
    if (j > 0) matrix[j][j] += variance;
  }
  return solved(std::move(matrix), means.target);
}

}  // namespace

ClassicalResult least_variance(const ProjectionRequest& request, const Rational& noise) {
  if (check(request.domain).defect != DomainDefect::none || request.degree < 0 ||
      request.degree > highest_classical_degree || noise < power_of_two(least_noise_log2) ||
      noise > power_of_two(largest_noise_log2)) {
    throw std::invalid_argument("least_variance: a domain, a degree and a noise within the limits");
  }
  const auto terms = static_cast<std::size_t>(request.degree) + 1;
  const auto variance = from_rational<Precise>(noise * noise);
  std::optional<ChebyshevSeries> before;
  for (int level = Nodes::first_level; level <= Nodes::last_level; ++level) {
    const auto nodes = Nodes::of(request, level);
    if (!nodes) {
      return unsettled(ClassicalStatus::not_finite,
                       "the function has no finite value within reach, or the density one below 0");
    }
    if (nodes->empty()) break;
    ChebyshevSeries series{.basis = basis_for(request.domain)};
    for (const Precise& c : coefficients(means_at(*nodes, terms), terms, variance)) {
      series.coefficients.push_back(coefficient_from(c));
    }
    if (before && agree_to(*before, series, determined_log2)) return settled(std::move(series));
    before = std::move(series);
  }
  return unsettled(ClassicalStatus::not_determined,
                   before ? "finer and finer integration does not agree on the coefficients"
                          : "the density is 0 at all but a few points of the domain");
}

}  // namespace equiripple
