// ReLU of an encrypted vector with OpenFHE: error and time.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <equiripple/openfhe.hpp>

#include "relu.hpp"

int main() {
  using namespace lbcrypto;
  CCParams<CryptoContextCKKSRNS> parameters;
  parameters.SetMultiplicativeDepth(relu::required_levels(1, 1));  // inputs at the working scale
  parameters.SetScalingModSize(40);
  parameters.SetFirstModSize(60);
  parameters.SetScalingTechnique(FLEXIBLEAUTO);
  parameters.SetSecurityLevel(HEStd_128_classic);
  const auto context = GenCryptoContext(parameters);
  for (const auto feature : {PKE, KEYSWITCH, LEVELEDSHE}) context->Enable(feature);
  const auto keys = context->KeyGen();
  context->EvalMultKeyGen(keys.secretKey);

  const std::size_t slots = context->GetRingDimension() / 2;
  std::vector<double> values;
  for (std::size_t i = 0; i < slots; ++i) {
    values.push_back(relu::Plan::upper * (2.0 * double(i) / double(slots) - 1));
  }
  const auto x = context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(values));

  equiripple::openfhe_backend he(context);
  const auto begin = std::chrono::steady_clock::now();
  const auto y = relu::evaluate(he, x);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;

  Plaintext plain;
  context->Decrypt(keys.secretKey, y, &plain);
  plain->SetLength(slots);
  const std::vector<double> results = plain->GetRealPackedValue();
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(results[i] - std::max(values[i], 0.0)));
  }
  std::printf("OpenFHE: ReLU of %zu encrypted numbers in [%g, %g] in %.2f s\n", slots,
              relu::Plan::lower, relu::Plan::upper, time.count());
  std::printf("largest error %.3g; the polynomial's bound is %.3g, the rest is noise\n", largest,
              relu::claim.bound());
  return largest <= 1.1 * relu::claim.bound() + 1e-4 * relu::Plan::upper ? 0 : 1;
}
