// Images are taken in blocks, so that memory does not grow with their number.
#include "tools/study/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace equiripple::study {
namespace {

constexpr Eigen::Index block = 50;  // images; chosen

// Calls visit(inputs of the activations) for every block of images.
template <class Visit>
void for_each_block(const Network& network, const DigitSet& set, const Visit& visit) {
  for (Eigen::Index first = 0; first < set.count(); first += block) {
    const Eigen::Index count = std::min(block, set.count() - first);
    visit(convolved(network, patches_of(set, first, count)));
  }
}

RangeUse range_use(const Network& network, const DigitSet& set, double fit) {
  RangeUse use;
  for_each_block(network, set, [&](const Matrix& inputs) {
    const auto sizes = inputs.array().abs();
    use.largest = std::max(use.largest, sizes.maxCoeff());
    use.values += inputs.size();
    use.beyond += (sizes > approximated_range()).count();
    if (fit > 0) use.beyond_fit += (sizes > fit).count();
  });
  return use;
}

void append(std::vector<int>& labels, const std::vector<int>& more) {
  labels.insert(labels.end(), more.begin(), more.end());
}

}  // namespace

Matrix activated(const Method& method, const Matrix& values, double scale) {
  const Eigen::Map<const Eigen::ArrayXd> flat(values.data(), values.size());
  const Eigen::ArrayXd results = method.evaluate(flat * scale) / scale;
  return Eigen::Map<const Matrix>(results.data(), values.rows(), values.cols());
}

SeedResult compare(const Network& network, const Digits& digits, const std::vector<Method>& methods,
                   std::uint64_t seed) {
  SeedResult result;
  result.seed = seed;
  result.training = range_use(network, digits.training, 0);
  const double fit = result.training.largest;
  result.test = range_use(network, digits.test, fit);
  const double scale = approximated_range() / fit;
  std::vector<int> relu;
  std::vector<std::vector<int>> found(methods.size());
  std::vector<std::vector<int>> fitted(methods.size());
  for_each_block(network, digits.test, [&](const Matrix& inputs) {
    append(relu, labels_of(scores_of(network, inputs.cwiseMax(0))));
    for (std::size_t i = 0; i < methods.size(); ++i) {
      append(found[i], labels_of(scores_of(network, activated(methods[i], inputs))));
      if (!methods[i].facts.fitted) continue;
      append(fitted[i], labels_of(scores_of(network, activated(methods[i], inputs, scale))));
    }
  });
  result.relu_accuracy = accuracy(relu, digits.test.labels);
  for (std::size_t i = 0; i < methods.size(); ++i) {
    result.scores.push_back(
        {.accuracy = accuracy(found[i], digits.test.labels),
         .fitted_accuracy = methods[i].facts.fitted ? accuracy(fitted[i], digits.test.labels) : 0});
  }
  return result;
}

Summary summary_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  Summary summary{.mean = std::accumulate(values.begin(), values.end(), 0.0) / count};
  double squares = 0;
  for (const double value : values) squares += (value - summary.mean) * (value - summary.mean);
  if (values.size() > 1) summary.spread = std::sqrt(squares / (count - 1));
  return summary;
}

}  // namespace equiripple::study
