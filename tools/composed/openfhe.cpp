#include <equiripple/openfhe.hpp>

#include "tools/composed/values.hpp"

namespace equiripple {

std::vector<double> values_on_openfhe(const Program& program, const CiphertextValues& request) {
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> choice;
  choice.SetMultiplicativeDepth(static_cast<std::uint32_t>(required_levels(program, 1, 1)));
  choice.SetScalingModSize(static_cast<std::uint32_t>(request.log2_scale));
  choice.SetFirstModSize(60);
  choice.SetRingDim(1U << request.log2_ring);
  choice.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  choice.SetScalingTechnique(lbcrypto::FLEXIBLEAUTO);
  const auto context = lbcrypto::GenCryptoContext(choice);
  for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE}) {
    context->Enable(feature);
  }
  const auto keys = context->KeyGen();
  context->EvalMultKeyGen(keys.secretKey);
  const auto encrypted = [&](const std::vector<double>& values) {
    return context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(values));
  };
  openfhe_backend he(context);
  const auto x = encrypted(request.inputs);
  const auto y = request.seconds.empty() ? evaluate(program, he, x)
                                         : evaluate(program, he, x, encrypted(request.seconds));
  lbcrypto::Plaintext plain;
  context->Decrypt(keys.secretKey, y, &plain);
  plain->SetLength(request.inputs.size());
  return plain->GetRealPackedValue();
}

}  // namespace equiripple
