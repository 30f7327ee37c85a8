// All chosen methods on one library: times, labels, and what they are compared with.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "study_methods.hpp"
#include "tools/study/comparison.hpp"
#include "tools/study/encrypted/adapter.hpp"
#include "tools/study/encrypted/inference.hpp"
#include "tools/study/encrypted/result.hpp"

namespace equiripple::study {

class Stopwatch {
 public:
  /// Since construction, or since the last call.
  double seconds() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = now - begin_;
    begin_ = now;
    return passed.count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Compares scores of the ciphertexts with those of plain numbers.
void judge(EncryptedResult& result, const Matrix& encrypted, const Matrix& plain,
           const std::vector<int>& right);

/// The scores of one polynomial on plain numbers.
[[nodiscard]] Matrix plain_scores(const Network& network, const Method& method,
                                  const DigitSet& images);

/// The largest score over the first images of the training data.
[[nodiscard]] double largest_score(const EncryptedRequest& request, const Method& method);

template <class Library, class Plan>
EncryptedResult run_method(const EncryptedRequest& request, const Method& method) {
  const Layout layout(std::size_t{1} << (request.log2_ring - 1));
  // Where the library prescribes scales, a factor of the output takes a level, unless additions do.
  const bool divides = detail::prescribes_scales<typename Library::Backend>::value &&
                       detail::takes_level(Plan::output_scale_factor, Plan::half_width);
  EncryptedResult result;
  result.facts = method.facts;
  result.images = static_cast<int>(request.images.count());
  result.batch = static_cast<int>(layout.images());
  result.levels = Plan::levels + (divides ? 1 : 0);
  result.log2_ring = request.log2_ring;
  result.secure_modulus_bits = secure_modulus_bits(request.log2_ring);

  Stopwatch watch;
  Library library({request.log2_ring, result.levels, Layout::rotations()});
  result.modulus_bits = library.modulus_bits();
  EncryptedNetwork<Library, Plan> network(
      library, layout, request.network,
      score_scales(largest_score(request, method), last_prime_bits), result.levels);
  result.key_seconds = watch.seconds();

  Matrix scores(classes, request.images.count());
  for (Eigen::Index first = 0; first < request.images.count(); first += layout.images()) {
    const Eigen::Index count = std::min(layout.images(), request.images.count() - first);
    const Matrix patches = patches_of(request.images, first, count);
    for (int group = 0; group < Layout::groups; ++group) {
      request.progress(std::string(method.facts.title) + " on ciphertexts: group " +
                       std::to_string(group + 1) + " of " + std::to_string(Layout::groups));
      watch.seconds();
      std::vector<typename Library::Backend::Ciphertext> inputs;
      for (int tap = 0; tap < taps; ++tap) {
        inputs.push_back(
            library.encrypt(layout.tap_values(patches, tap, group), network.input_scale()));
      }
      result.encrypt_seconds += watch.seconds();
      network.add_group(group, inputs);
      result.run_seconds += watch.seconds();
    }
    watch.seconds();
    const auto encrypted = network.take_scores();
    result.run_seconds += watch.seconds();
    for (int wanted = 0; wanted < classes; ++wanted) {
      const std::vector<double> slots =
          library.decrypt(encrypted[static_cast<std::size_t>(wanted)]);
      for (Eigen::Index i = 0; i < count; ++i) {
        scores(wanted, first + i) = slots[Layout::sum_slot(i)];
      }
    }
    ++result.runs;
  }
  result.run_seconds /= result.runs;
  result.encrypt_seconds /= result.runs;
  judge(result, scores, plain_scores(request.network, method, request.images),
        request.images.labels);
  return result;
}

template <class Library>
std::vector<EncryptedResult> run_methods(const EncryptedRequest& request) {
  std::vector<EncryptedResult> results;
  for_each_method([&](const MethodFacts& facts, auto plan) {
    for (const Method& method : request.methods) {
      if (std::string(method.facts.name) != facts.name) continue;
      results.push_back(run_method<Library, decltype(plan)>(request, method));
    }
  });
  return results;
}

}  // namespace equiripple::study
