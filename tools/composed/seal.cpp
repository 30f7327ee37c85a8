#include <cmath>
#include <cstddef>
#include <equiripple/seal.hpp>

#include "tools/composed/values.hpp"

namespace equiripple {

std::vector<double> values_on_seal(const Program& program, const CiphertextValues& request) {
  seal::EncryptionParameters choice(seal::scheme_type::ckks);
  const std::size_t ring = std::size_t{1} << request.log2_ring;
  const double scale = std::exp2(request.log2_scale);
  std::vector<int> primes(1, 60);
  primes.insert(primes.end(), static_cast<std::size_t>(program.levels()), request.log2_scale);
  primes.push_back(60);
  choice.set_poly_modulus_degree(ring);
  choice.set_coeff_modulus(seal::CoeffModulus::Create(ring, primes));
  const seal::SEALContext context(choice, true, seal::sec_level_type::none);
  seal::KeyGenerator keys(context);
  seal::PublicKey public_key;
  seal::RelinKeys relin_keys;
  keys.create_public_key(public_key);
  keys.create_relin_keys(relin_keys);
  seal::CKKSEncoder encoder(context);
  const seal::Encryptor encryptor(context, public_key);
  const auto encrypted = [&](const std::vector<double>& values, double at) {
    seal::Plaintext plain;
    seal::Ciphertext x;
    encoder.encode(values, at, plain);
    encryptor.encrypt(plain, x);
    return x;
  };
  seal_backend he(context, relin_keys);
  const double input_scale = scale / program.half_width();  // the scale holds the range
  const seal::Ciphertext x = encrypted(request.inputs, input_scale);
  const seal::Ciphertext y =
      request.seconds.empty() ? evaluate(program, he, x)
                              : evaluate(program, he, x, encrypted(request.seconds, input_scale));
  seal::Plaintext plain;
  seal::Decryptor(context, keys.secret_key()).decrypt(y, plain);
  std::vector<double> results;
  encoder.decode(plain, results);
  results.resize(request.inputs.size());
  return results;
}

}  // namespace equiripple
