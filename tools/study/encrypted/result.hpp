// What is asked of an encrypted run, and what it tells.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/study/methods.hpp"
#include "tools/study/network.hpp"

namespace equiripple::study {

struct EncryptedRequest {
  const Network& network;
  const DigitSet& images;
  const DigitSet& training;  // from which the size of the scores is known beforehand
  std::vector<Method> methods;
  int log2_ring = 14;
  std::function<void(const std::string&)> progress;
};

/// An image that the ciphertexts give another label than the same polynomial on plain numbers.
struct Difference {
  Eigen::Index image = 0;
  int right = 0;
  int plain_label = 0;
  int encrypted_label = 0;
  double plain_margin = 0;  // the largest score less the second
  double encrypted_margin = 0;
};

struct EncryptedResult {
  MethodFacts facts{};
  int images = 0;
  double accuracy = 0;        // percent
  double plain_accuracy = 0;  // of the same polynomial on the same images
  std::vector<Difference> differences;
  int batch = 0;  // images that one run takes, whether there are so many or not
  int runs = 0;
  double key_seconds = 0;      // keys, and the encoding of scalars and weights; once
  double encrypt_seconds = 0;  // of a batch, by the client
  double run_seconds = 0;      // of a batch: convolution, activation, fully connected layer
  int levels = 0;
  double bits = 0;  // log2 of the largest score over the largest error of a score
  int log2_ring = 0;
  double modulus_bits = 0;      // of all primes, those of key switching included
  int secure_modulus_bits = 0;  // the most that the ring allows for 128 bits of security
  bool is_secure() const { return modulus_bits <= secure_modulus_bits; }
};

/// Libraries that the study was built with, best first; "simulated" is always there.
[[nodiscard]] std::vector<std::string> encryption_libraries();

/// On one of them.
[[nodiscard]] std::vector<EncryptedResult> run_encrypted(const std::string& library,
                                                         const EncryptedRequest& request);

}  // namespace equiripple::study
