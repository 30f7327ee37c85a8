// A whole run: read, train, compare, and on ciphertexts where asked.
#pragma once

#include <functional>
#include <string>

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

/// Throws Failure. `progress` is called with what is done, often.
[[nodiscard]] StudyResults run_study(const StudyRequest& request,
                                     const std::function<void(const std::string&)>& progress);

}  // namespace equiripple::study
