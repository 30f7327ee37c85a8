// softmax, LayerNorm, argmax, the largest, and the smaller and larger of two, of encrypted vectors
// with OpenFHE: error against claim, and time.
//
//   slots_openfhe                    in the ring that has 128 bits of security, in FLEXIBLEAUTO
//   slots_openfhe 12                 in ring 2^12, without: to try
//   slots_openfhe 12 FIXEDMANUAL     likewise, in that scaling mode
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <equiripple/openfhe.hpp>

#include "functions.hpp"

namespace {

using namespace lbcrypto;

class OpenFhe {
 public:
  using Value = Ciphertext<DCRTPoly>;

  OpenFhe(int log2_ring, bool is_fixed, int levels)
      : context_(context_of(log2_ring, is_fixed, levels)),
        keys_(keys_of(context_)),
        backend_(context_) {}

  const char* name() const { return "OpenFHE"; }
  std::size_t slots() const { return context_->GetRingDimension() / 2; }
  equiripple::openfhe_backend& backend() { return backend_; }
  void make_rotations(const std::vector<int>& steps) {
    context_->EvalRotateKeyGen(keys_.secretKey, steps);
  }

  Value encrypt(const Vector& values, double) const {
    return context_->Encrypt(keys_.publicKey, context_->MakeCKKSPackedPlaintext(values));
  }
  Vector decrypt(const Value& x) const {
    Plaintext plain;
    context_->Decrypt(keys_.secretKey, x, &plain);
    plain->SetLength(slots());
    return plain->GetRealPackedValue();
  }

  Value rotated(const Value& x, int step) const { return context_->EvalRotate(x, step); }
  Value sum(const Value& x, const Value& y) const { return context_->EvalAdd(x, y); }
  // Not rescaled yet: that is done when the sum is used.
  Value masked(const Value& x, const Vector& mask) const {
    return context_->EvalMult(
        x, context_->MakeCKKSPackedPlaintext(mask, 1, static_cast<std::uint32_t>(x->GetLevel())));
  }

 private:
  static CryptoContext<DCRTPoly> context_of(int log2_ring, bool is_fixed, int levels) {
    CCParams<CryptoContextCKKSRNS> parameters;
    parameters.SetMultiplicativeDepth(static_cast<std::uint32_t>(levels));
    parameters.SetScalingModSize(50);
    parameters.SetFirstModSize(60);
    parameters.SetScalingTechnique(is_fixed ? FIXEDMANUAL : FLEXIBLEAUTO);
    parameters.SetSecurityLevel(log2_ring > 0 ? HEStd_NotSet : HEStd_128_classic);
    if (log2_ring > 0) parameters.SetRingDim(1U << log2_ring);
    const auto context = GenCryptoContext(parameters);
    for (const auto feature : {PKE, KEYSWITCH, LEVELEDSHE}) context->Enable(feature);
    return context;
  }
  static KeyPair<DCRTPoly> keys_of(const CryptoContext<DCRTPoly>& context) {
    const auto keys = context->KeyGen();
    context->EvalMultKeyGen(keys.secretKey);
    return keys;
  }

  CryptoContext<DCRTPoly> context_;
  KeyPair<DCRTPoly> keys_;
  equiripple::openfhe_backend backend_;
};

}  // namespace

int main(int count, char** words) {
  const bool is_fixed = count > 2 && std::strcmp(words[2], "FIXEDMANUAL") == 0;
  const int log2_ring = count > 1 ? std::atoi(words[1]) : 0;
  OpenFhe library(log2_ring, is_fixed, levels_of_all(false));
  if (!run_all(library) || !run_swap(library)) return 1;
  OpenFhe deep(log2_ring, is_fixed, levels_of_deep(false));
  return run_deep(deep) ? 0 : 1;
}
