// A whole run: read, train, compare, and on ciphertexts where asked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/study/digits.hpp"
#include "tools/study/results.hpp"
#include "tools/study/training.hpp"

namespace equiripple::study {

struct StudyRequest {
  std::string data;     // folder
  int activations = 1;  // of the network; more than one: see deep/study.hpp
  int seeds = 3;
  std::uint64_t first_seed = 1;
  int epochs = TrainingRequest{}.epochs;
  std::string only;  // names of methods; empty: all
  bool encrypted = false;
  int images = 512;     // on ciphertexts
  std::string library;  // empty: the best that there is
  int log2_ring = 14;
};

/// The library for ciphertexts; throws Failure where it is none.
[[nodiscard]] std::string library_of(const StudyRequest& request);

using StudyProgress = std::function<void(const std::string&)>;

/// One seed of a study.
struct SeedTraining {
  TrainingRequest training;
  std::string place;                                 // "seed 3 (1 of 5)", for people
  std::function<void(int epoch, double loss)> told;  // of the training
};

/// In order.
[[nodiscard]] std::vector<SeedTraining> seeds_of(const StudyRequest& request,
                                                 const StudyProgress& progress);

/// The images; what results of every study say of them and of the request is put there. Throws
/// Failure.
template <class Results>
[[nodiscard]] Digits images_of(const StudyRequest& request, Results& results) {
  results.epochs = request.epochs;
  if (request.encrypted) results.library = library_of(request);
  Digits digits = read_digits(request.data);
  results.training_images = static_cast<int>(digits.training.count());
  results.test_images = static_cast<int>(digits.test.count());
  return digits;
}

/// Throws Failure. `progress` is called with what is done, often.
[[nodiscard]] StudyResults run_study(const StudyRequest& request, const StudyProgress& progress);

}  // namespace equiripple::study
