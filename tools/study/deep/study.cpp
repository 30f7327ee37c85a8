// Choices are made anew for each seed: its ranges and weights are its own.
#include "tools/study/deep/study.hpp"

#include <algorithm>
#include <optional>

#include "tools/study/comparison.hpp"
#include "tools/study/deep/run.hpp"

namespace equiripple::study {
namespace {

constexpr Eigen::Index block = 100;  // images; chosen
constexpr double reach = 1.1;        // of ranges, for values that training did not show; chosen

std::vector<int> labels_with(const DeepNetwork& network, const DigitSet& set,
                             const Activate& activate) {
  std::vector<int> labels;
  for (Eigen::Index first = 0; first < set.count(); first += block) {
    const Matrix patches = patches_of(set, first, std::min(block, set.count() - first));
    const std::vector<int> more = labels_of(scores_of(network, patches, activate));
    labels.insert(labels.end(), more.begin(), more.end());
  }
  return labels;
}

DeepSeed compared(const DeepNetwork& network, const Digits& digits, std::uint64_t number) {
  DeepSeed seed{.seed = number, .uses = measured_use(network, digits.training)};
  const auto relu = labels_with(network, digits.test, [&](int activation, const Matrix& values) {
    const double range = reach * seed.uses[static_cast<std::size_t>(activation)].largest;
    seed.beyond += (values.array().abs() > range).count();
    return relu_of(activation, values);
  });
  seed.relu_accuracy = accuracy(relu, digits.test.labels);
  for (const DeepChoice& choice : deep_choices(network, seed.uses, reach)) {
    const auto found = labels_with(network, digits.test, plain_activations(choice));
    seed.rows.push_back({.choice = choice,
                         .accuracy = accuracy(found, digits.test.labels),
                         .agreement = accuracy(found, relu)});
  }
  return seed;
}

}  // namespace

DeepResults run_deep_study(const StudyRequest& request, const StudyProgress& progress) {
  DeepResults results{.activations = request.activations};
  const Digits digits = images_of(request, results);
  std::optional<DeepNetwork> first;
  for (const SeedTraining& seed : seeds_of(request, progress)) {
    progress(seed.place + ": training");
    const DeepNetwork network =
        train(digits.training, request.activations, seed.training, seed.told);
    progress(seed.place + ": choosing and comparing");
    results.seeds.push_back(compared(network, digits, seed.training.seed));
    if (!first) first = network;
  }
  if (!request.encrypted) return results;
  std::vector<DeepChoice> choices;
  for (const DeepRow& row : results.seeds.front().rows) choices.push_back(row.choice);
  const DigitSet images = first_of(digits.test, request.images);
  results.encrypted = run_deep(results.library, {.network = *first,
                                                 .choices = choices,
                                                 .images = images,
                                                 .log2_ring = request.log2_ring,
                                                 .progress = progress});
  return results;
}

}  // namespace equiripple::study
