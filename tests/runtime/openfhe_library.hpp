// Contexts of OpenFHE for tests of operations on ciphertexts, and ciphertexts of any residues.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <equiripple/openfhe.hpp>
#include <thread>
#include <vector>

#include "tests/support/random.hpp"

namespace equiripple::test {

struct OpenFheChoice {
  lbcrypto::ScalingTechnique technique = lbcrypto::FIXEDMANUAL;
  int log2_ring = 12;
  int log2_scale = 50;
  int levels = 4;
  int digits = 0;  // the library's own choice
  lbcrypto::KeySwitchTechnique key_switching = lbcrypto::HYBRID;
};

struct OpenFheLibrary {
  using Element = lbcrypto::DCRTPoly;
  using Ciphertext = lbcrypto::Ciphertext<Element>;

  explicit OpenFheLibrary(const OpenFheChoice& choice) : context(context_of(choice)) {
    for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE}) {
      context->Enable(feature);
    }
    keys = context->KeyGen();
    context->EvalMultKeyGen(keys.secretKey);
  }

  static lbcrypto::CryptoContext<Element> context_of(const OpenFheChoice& choice) {
    lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> parameters;
    parameters.SetMultiplicativeDepth(static_cast<std::uint32_t>(choice.levels));
    parameters.SetScalingModSize(static_cast<std::uint32_t>(choice.log2_scale));
    parameters.SetFirstModSize(static_cast<std::uint32_t>(std::min(choice.log2_scale + 10, 60)));
    parameters.SetRingDim(1U << choice.log2_ring);
    parameters.SetBatchSize(1U << (choice.log2_ring - 1));
    parameters.SetSecurityLevel(lbcrypto::HEStd_NotSet);
    parameters.SetScalingTechnique(choice.technique);
    parameters.SetKeySwitchTechnique(choice.key_switching);
    if (choice.digits > 0) {
      parameters.SetNumLargeDigits(static_cast<std::uint32_t>(choice.digits));
    }
    return lbcrypto::GenCryptoContext(parameters);
  }

  Ciphertext encrypt(const std::vector<double>& values) const {
    return context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(values));
  }

  const lbcrypto::CryptoParametersCKKSRNS& parameters() const {
    return dynamic_cast<const lbcrypto::CryptoParametersCKKSRNS&>(*context->GetCryptoParameters());
  }

  lbcrypto::CryptoContext<Element> context;
  lbcrypto::KeyPair<Element> keys;
};

/// The components with residues that `draw(prime)` gives.
template <class Draw>
void fill(OpenFheLibrary::Ciphertext& x, const Draw& draw) {
  for (OpenFheLibrary::Element& component : x->GetElements()) {
    for (auto& tower : component.GetAllElements()) {
      const std::uint64_t prime = tower.GetModulus().ConvertToInt();
      for (std::uint32_t i = 0; i < tower.GetLength(); ++i) tower[i] = draw(prime);
    }
  }
}

/// Three components with such residues.
template <class Draw>
OpenFheLibrary::Ciphertext product_of(const OpenFheLibrary& library, const openfhe_backend& he,
                                      int level, const Draw& draw) {
  auto x = he.square(he.drop_to_level(library.encrypt({0.5}), level));
  x->SetNoiseScaleDeg(2);  // as if what FLEXIBLEAUTOEXT encrypts had been rescaled
  fill(x, draw);
  return x;
}

/// Three threads relinearise and rescale the same product, so many times each, to the same
/// residues.
template <class Backend>
void check_threads_side_by_side(const OpenFheLibrary& library, const Backend& he, int times) {
  Random random(seed());
  const auto x = product_of(library, he, he.top_level(),
                            [&](std::uint64_t prime) { return random() % prime; });
  const auto expected = he.relinearize_and_rescale(x);
  std::vector<OpenFheLibrary::Ciphertext> results(3);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] {
      for (int i = 0; i < times; ++i) result = he.relinearize_and_rescale(x);
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) CHECK(result->GetElements() == expected->GetElements());
}

}  // namespace equiripple::test
