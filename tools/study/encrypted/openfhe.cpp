// The network on OpenFHE, in the mode that reads each ciphertext at the scale it has.
#include <cmath>
#include <equiripple/openfhe.hpp>
#include <optional>

#include "tools/measure/one_thread.hpp"
#include "tools/study/deep/run.hpp"
#include "tools/study/encrypted/libraries.hpp"
#include "tools/study/encrypted/run.hpp"

namespace equiripple::study {
namespace {

// Decrypt reads a ciphertext of this mode at the scale that it has, and the library itself computes
// nothing with results: the network may choose their scale.
class FreeScales : public openfhe_backend {
 public:
  using openfhe_backend::openfhe_backend;

 private:
  using openfhe_backend::prescribed_scale;  // out of the runtime's sight
};

class OpenFhe {
 public:
  using Backend = FreeScales;
  using Ciphertext = Backend::Ciphertext;
  using Element = lbcrypto::DCRTPoly;
  struct Vector {
    lbcrypto::Plaintext plaintext;
    double scale;
  };

  explicit OpenFhe(const AdapterRequest& request) : levels_(request.levels) {
    use_one_thread();
    lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> parameters;
    parameters.SetMultiplicativeDepth(static_cast<std::uint32_t>(request.levels));
    parameters.SetScalingModSize(prime_bits);
    parameters.SetFirstModSize(last_prime_bits);
    parameters.SetRingDim(1U << request.log2_ring);
    parameters.SetBatchSize(1U << (request.log2_ring - 1));
    parameters.SetSecurityLevel(lbcrypto::HEStd_NotSet);  // the study tells by itself
    parameters.SetScalingTechnique(lbcrypto::FLEXIBLEAUTO);
    context_ = lbcrypto::GenCryptoContext(parameters);
    for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE}) {
      context_->Enable(feature);
    }
    keys_ = context_->KeyGen();
    context_->EvalMultKeyGen(keys_.secretKey);
    context_->EvalRotateKeyGen(keys_.secretKey, request.rotations);
    backend_.emplace(context_);
  }
  ~OpenFhe() {
    context_->ClearEvalMultKeys();
    context_->ClearEvalAutomorphismKeys();
    lbcrypto::CryptoContextFactory<Element>::ReleaseAllContexts();
  }
  OpenFhe(const OpenFhe&) = delete;
  OpenFhe& operator=(const OpenFhe&) = delete;

  Backend& backend() { return *backend_; }

  Ciphertext encrypt(const std::vector<double>& slots, double scale) {
    Ciphertext x = context_->Encrypt(keys_.publicKey, encoded(slots, levels_, scale));
    x->SetScalingFactor(scale);
    return x;
  }
  std::vector<double> decrypt(const Ciphertext& x) {
    lbcrypto::Plaintext plaintext;
    context_->Decrypt(keys_.secretKey, x, &plaintext);
    plaintext->SetLength(context_->GetRingDimension() / 2);
    return plaintext->GetRealPackedValue();
  }

  // The library would count the product, and want it rescaled at the end.
  Ciphertext multiply_small(const Ciphertext& x, const Backend::Plaintext& c) {
    Ciphertext product = backend_->multiply_plain(x, c);
    product->SetNoiseScaleDeg(1);
    return product;
  }

  Vector encode_vector(const std::vector<double>& slots, int level, double scale) {
    return {encoded(slots, level, scale), scale};
  }
  Ciphertext multiply_vector(const Ciphertext& x, const Vector& c) {
    Ciphertext product = x->Clone();
    const Element& factor = c.plaintext->GetElement<Element>();
    for (Element& component : product->GetElements()) component *= factor;
    product->SetScalingFactor(x->GetScalingFactor() * c.scale);
    return product;
  }
  Ciphertext multiply_vector_to_rescale(const Ciphertext& x, const Vector& c) {
    Ciphertext product = multiply_vector(x, c);
    product->SetNoiseScaleDeg(x->GetNoiseScaleDeg() + 1);
    return product;
  }
  Ciphertext add_vector(const Ciphertext& x, const Vector& c) {
    Ciphertext sum = x->Clone();
    sum->GetElements()[0] += c.plaintext->GetElement<Element>();
    return sum;
  }
  Ciphertext rotate(const Ciphertext& x, int steps) { return context_->EvalRotate(x, steps); }

  double modulus_bits() const {
    const auto parameters = std::dynamic_pointer_cast<const lbcrypto::CryptoParametersRNS>(
        context_->GetCryptoParameters());
    double bits = 0;
    for (const auto& prime : parameters->GetParamsQP()->GetParams()) {
      bits += std::log2(prime->GetModulus().ConvertToDouble());
    }
    return bits;
  }

 private:
  // The library encodes at the scale of the level: the rest goes into the values.
  lbcrypto::Plaintext encoded(std::vector<double> slots, int level, double scale) {
    const openfhe_backend& prescribing = *backend_;
    const double factor = scale / prescribing.prescribed_scale(level);
    for (double& value : slots) value *= factor;
    lbcrypto::Plaintext plaintext =
        context_->MakeCKKSPackedPlaintext(slots, 1, static_cast<std::uint32_t>(levels_ - level));
    plaintext->SetFormat(Format::EVALUATION);
    return plaintext;
  }

  int levels_;
  lbcrypto::CryptoContext<Element> context_;
  lbcrypto::KeyPair<Element> keys_;
  std::optional<Backend> backend_;
};

}  // namespace

std::vector<EncryptedResult> run_on_openfhe(const EncryptedRequest& request) {
  return run_methods<OpenFhe>(request);
}

std::vector<EncryptedResult> run_deep_on_openfhe(const DeepEncryptedRequest& request) {
  return run_choices<OpenFhe>(request);
}

}  // namespace equiripple::study
