// On ciphertexts of OpenFHE.
#include <equiripple/openfhe.hpp>

#include "made_relu.hpp"

int main() {
  const std::vector<double> data = measured_data(4096);
  const equiripple::library::Function relu = made_relu(data, "9");
  const auto program = equiripple::Program::parse(relu.program());

  using namespace lbcrypto;
  CCParams<CryptoContextCKKSRNS> parameters;
  parameters.SetMultiplicativeDepth(
      equiripple::required_levels(program, 1, 1));  // inputs at the working scale
  parameters.SetScalingModSize(40);
  parameters.SetFirstModSize(60);
  parameters.SetScalingTechnique(FLEXIBLEAUTO);
  parameters.SetSecurityLevel(HEStd_128_classic);
  const auto context = GenCryptoContext(parameters);
  for (const auto feature : {PKE, KEYSWITCH, LEVELEDSHE}) context->Enable(feature);
  const auto keys = context->KeyGen();
  context->EvalMultKeyGen(keys.secretKey);
  const auto x = context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(data));

  equiripple::openfhe_backend he(context);
  const auto y = equiripple::evaluate(program, he, x);

  Plaintext plain;
  context->Decrypt(keys.secretKey, y, &plain);
  plain->SetLength(data.size());
  return report("OpenFHE", data, plain->GetRealPackedValue(), relu);
}
