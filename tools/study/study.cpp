// Checks come before the training, so that nobody waits for a message.
#include "tools/study/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "emit/failure.hpp"

namespace equiripple::study {
std::string library_of(const StudyRequest& request) {
  const auto known = encryption_libraries();
  if (request.library.empty()) return known.front();
  if (std::ranges::find(known, request.library) != known.end()) return request.library;
  std::string names;
  for (const std::string& name : known) names += " " + name;
  wrong_word("--library", fmt::format(" {}: this study was built with{}", request.library, names));
}

namespace {

// Without --only those of the list that are marked.
std::vector<Method> encrypted_methods(const StudyRequest& request,
                                      const std::vector<Method>& methods) {
  std::vector<Method> chosen;
  std::ranges::copy_if(methods, std::back_inserter(chosen), [&](const Method& method) {
    return !request.only.empty() || method.facts.encrypted;
  });
  return chosen;
}

}  // namespace

std::vector<SeedTraining> seeds_of(const StudyRequest& request, const StudyProgress& progress) {
  std::vector<SeedTraining> seeds;
  for (int i = 0; i < request.seeds; ++i) {
    SeedTraining seed;
    seed.training.seed = request.first_seed + static_cast<std::uint64_t>(i);
    seed.training.epochs = request.epochs;
    seed.place = fmt::format("seed {} ({} of {})", seed.training.seed, i + 1, request.seeds);
    seed.told = [progress, place = seed.place, epochs = request.epochs](int epoch, double loss) {
      progress(fmt::format("{}: epoch {} of {}, loss {:.4f}", place, epoch + 1, epochs, loss));
    };
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

StudyResults run_study(const StudyRequest& request, const StudyProgress& progress) {
  StudyResults results;
  results.methods = methods_named(request.only);
  const Digits digits = images_of(request, results);
  std::optional<Network> first;
  for (const SeedTraining& seed : seeds_of(request, progress)) {
    progress(seed.place + ": training");
    const Network network = train(digits.training, seed.training, seed.told);
    progress(seed.place + ": comparing");
    results.seeds.push_back(compare(network, digits, results.methods, seed.training.seed));
    if (!first) first = network;
  }
  if (!request.encrypted) return results;
  const DigitSet images = first_of(digits.test, request.images);
  results.encrypted =
      run_encrypted(results.library, {.network = *first,
                                      .images = images,
                                      .training = digits.training,
                                      .methods = encrypted_methods(request, results.methods),
                                      .log2_ring = request.log2_ring,
                                      .progress = progress});
  return results;
}

}  // namespace equiripple::study
