// The exchange without a target: the polynomial through +-h / weight_i at the points u_i is
// h prod (u - u_j) sum |b_i| / weight_i / (u - u_i), in which nothing cancels at its peaks.
#include "generator/exchange/set_reference.hpp"

#include "generator/exchange/levelled.hpp"
#include "generator/exchange/selection.hpp"

namespace equiripple {
namespace {

constexpr int exchanges = 12;  // chosen: as many as were seen to help
constexpr int parabolas = 2;
constexpr double levelled = 1.01;  // largest over level; chosen: a start needs no more

class SetPolynomial {
 public:
  SetPolynomial(const Problem<double>& problem, const std::vector<double>& reference)
      : problem_(&problem) {
    for (const double x : reference) points_.push_back(problem.map(x));
    std::vector<ScaledProduct<double>> products(points_.size());
    for (std::size_t i = 0; i < points_.size(); ++i) {
      for (std::size_t j = 0; j < points_.size(); ++j) {
        if (j != i) products[i].multiply(std::abs(points_[i] - points_[j]));
      }
    }
    scale_log2_ = products[0].exponent();
    for (auto& product : products) scale_log2_ = std::min(scale_log2_, product.exponent());
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const double weight = std::abs(problem.weight(reference[i]) * problem.factor(reference[i]));
      const double share = 1 / products[i].mantissa() / weight;
      shares_.push_back(std::ldexp(share, static_cast<int>(scale_log2_ - products[i].exponent())));
    }
  }

  // With the level 1.
  double operator()(double x) const {
    const double u = problem_->map(x);
    const double weight = problem_->weight(x) * problem_->factor(x);
    ScaledProduct<double> product;
    double sum = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const double distance = u - points_[i];
      if (distance == 0) return (points_.size() - 1 - i) % 2 == 0 ? 1 : -1;
      product.multiply(distance);
      sum += shares_[i] / distance;
    }
    const long exponent = product.exponent() - scale_log2_;
    return weight * std::ldexp(sum * product.mantissa(), static_cast<int>(exponent));
  }

 private:
  const Problem<double>* problem_;
  std::vector<double> points_;  // u_i
  std::vector<double> shares_;  // |b_i| / weight_i, larger by 2^scale_log2
  long scale_log2_ = 0;
};

}  // namespace

std::vector<double> reference_of_the_set(const Problem<double>& problem,
                                         std::vector<double> reference) {
  for (int exchange = 0; exchange < exchanges; ++exchange) {
    const SetPolynomial polynomial(problem, reference);
    auto extrema = alternating_extrema(polynomial, problem.segments(), reference, parabolas,
                                       few_samples_between);
    double largest = 0;
    for (const auto& extremum : extrema) largest = std::max(largest, std::abs(extremum.error));
    if (extrema.size() < reference.size() || !is_finite(largest)) break;
    keep_best(extrema, reference.size(), 1.0, [&](double x) { return problem.map(x); });
    for (std::size_t i = 0; i < reference.size(); ++i) reference[i] = extrema[i].x;
    if (largest < levelled) break;
  }
  return reference;
}

}  // namespace equiripple
