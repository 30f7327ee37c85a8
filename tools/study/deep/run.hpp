// Choices for a deep network on one library: times, labels, and what they are compared with.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tools/study/deep/inference.hpp"
#include "tools/study/encrypted/run.hpp"

namespace equiripple::study {

struct DeepEncryptedRequest {
  const DeepNetwork& network;
  const std::vector<DeepChoice>& choices;
  const DigitSet& images;
  int log2_ring = 15;
  std::function<void(const std::string&)> progress;
};

/// Of each choice; `facts` have no name. Images are cut into batches of 2^(log2_ring - 9).
[[nodiscard]] std::vector<EncryptedResult> run_deep(const std::string& library,
                                                    const DeepEncryptedRequest& request);

// Each in the file of its library, where that is found.
std::vector<EncryptedResult> run_deep_on_seal(const DeepEncryptedRequest& request);
std::vector<EncryptedResult> run_deep_on_openfhe(const DeepEncryptedRequest& request);
std::vector<EncryptedResult> run_deep_on_simulation(const DeepEncryptedRequest& request);

/// The scores of a choice on plain numbers.
[[nodiscard]] Matrix plain_scores(const DeepNetwork& network, const DeepChoice& choice,
                                  const DigitSet& images);

template <class Library>
EncryptedResult run_choice(const DeepEncryptedRequest& request, const DeepChoice& choice) {
  const DeepLayout layout(std::size_t{1} << (request.log2_ring - 1));
  EncryptedResult result;
  result.images = static_cast<int>(request.images.count());
  result.batch = layout.images();
  result.levels = choice.levels;
  result.log2_ring = request.log2_ring;
  result.secure_modulus_bits = secure_modulus_bits(request.log2_ring);

  Stopwatch watch;
  Library library({request.log2_ring, choice.levels, layout.rotations(request.network)});
  result.modulus_bits = library.modulus_bits();
  EncryptedDeepNetwork<Library> network(library, layout, request.network, choice);
  result.key_seconds = watch.seconds();

  Matrix scores(classes, request.images.count());
  for (Eigen::Index first = 0; first < request.images.count(); first += layout.images()) {
    request.progress(choice.name + " on ciphertexts: image " + std::to_string(first));
    const Eigen::Index count =
        std::min<Eigen::Index>(layout.images(), request.images.count() - first);
    const Matrix patches = patches_of(request.images, first, count);
    watch.seconds();
    std::vector<typename Library::Backend::Ciphertext> inputs;
    for (int tap = 0; tap < taps; ++tap) {
      inputs.push_back(library.encrypt(layout.tap_values(patches, tap), network.input_scale()));
    }
    result.encrypt_seconds += watch.seconds();
    const auto encrypted = network.scores(inputs);
    result.run_seconds += watch.seconds();
    const std::vector<double> slots = library.decrypt(encrypted);
    for (int wanted = 0; wanted < classes; ++wanted) {
      for (Eigen::Index i = 0; i < count; ++i) {
        scores(wanted, first + i) = slots[layout.slot(wanted, static_cast<int>(i))];
      }
    }
    ++result.runs;
  }
  result.run_seconds /= result.runs;
  result.encrypt_seconds /= result.runs;
  judge(result, scores, plain_scores(request.network, choice, request.images),
        request.images.labels);
  return result;
}

template <class Library>
std::vector<EncryptedResult> run_choices(const DeepEncryptedRequest& request) {
  std::vector<EncryptedResult> results;
  for (const DeepChoice& choice : request.choices) {
    results.push_back(run_choice<Library>(request, choice));
  }
  return results;
}

}  // namespace equiripple::study
