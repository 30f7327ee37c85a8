#include <equiripple/openfhe.hpp>

#include "tools/measure/measured.hpp"
#include "tools/measure/one_thread.hpp"

namespace equiripple {

Measured measured_on_openfhe(const MeasureRequest& request) {
  use_one_thread();
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> choice;
  choice.SetMultiplicativeDepth(static_cast<std::uint32_t>(request.levels));
  choice.SetScalingModSize(static_cast<std::uint32_t>(request.log2_scale));
  choice.SetFirstModSize(60);
  choice.SetRingDim(1U << request.log2_ring);
  choice.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  choice.SetScalingTechnique(lbcrypto::FIXEDMANUAL);
  const auto context = lbcrypto::GenCryptoContext(choice);
  for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE}) {
    context->Enable(feature);
  }
  const auto keys = context->KeyGen();
  context->EvalMultKeyGen(keys.secretKey);
  const auto x =
      context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(std::vector<double>{0.5}));
  openfhe_backend he(context);
  return measured(he, x, request);
}

}  // namespace equiripple
