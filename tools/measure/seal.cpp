#include <equiripple/seal.hpp>

#include "tools/measure/measured.hpp"

namespace equiripple {

Measured measured_on_seal(const MeasureRequest& request) {
  seal::EncryptionParameters choice(seal::scheme_type::ckks);
  const std::size_t ring = std::size_t{1} << request.log2_ring;
  std::vector<int> primes(1, 60);
  primes.insert(primes.end(), static_cast<std::size_t>(request.levels), request.log2_scale);
  primes.push_back(60);
  choice.set_poly_modulus_degree(ring);
  choice.set_coeff_modulus(seal::CoeffModulus::Create(ring, primes));
  const seal::SEALContext context(choice, true, seal::sec_level_type::none);
  seal::KeyGenerator keys(context);
  seal::PublicKey public_key;
  seal::RelinKeys relin_keys;
  keys.create_public_key(public_key);
  keys.create_relin_keys(relin_keys);
  seal::Plaintext plaintext;
  seal::Ciphertext x;
  seal::CKKSEncoder(context).encode(0.5, std::exp2(request.log2_scale), plaintext);
  seal::Encryptor(context, public_key).encrypt(plaintext, x);
  seal_backend he(context, relin_keys);
  return measured(he, x, request);
}

}  // namespace equiripple
