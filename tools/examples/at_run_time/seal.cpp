// On ciphertexts of Microsoft SEAL.
#include <equiripple/seal.hpp>

#include "made_relu.hpp"

int main() {
  const std::size_t ring = 1 << 15;
  const std::vector<double> data = measured_data(ring / 2);
  const equiripple::library::Function relu = made_relu(data, "9");
  const auto program = equiripple::Program::parse(relu.program());

  seal::EncryptionParameters parms(seal::scheme_type::ckks);
  std::vector<int> primes(1, 60);  // the last that is left
  primes.insert(primes.end(), static_cast<std::size_t>(program.levels()), 40);
  primes.push_back(60);  // of key switching
  parms.set_poly_modulus_degree(ring);
  parms.set_coeff_modulus(seal::CoeffModulus::Create(ring, primes));  // 128 bits, or it throws
  const seal::SEALContext context(parms);
  seal::KeyGenerator keygen(context);
  seal::PublicKey public_key;
  seal::RelinKeys relin_keys;
  keygen.create_public_key(public_key);
  keygen.create_relin_keys(relin_keys);
  seal::CKKSEncoder encoder(context);

  seal::Plaintext plain;
  seal::Ciphertext x;
  encoder.encode(data, std::exp2(40) / program.half_width(), plain);  // the scale holds the range
  seal::Encryptor(context, public_key).encrypt(plain, x);

  equiripple::seal_backend he(context, relin_keys);
  const seal::Ciphertext y = equiripple::evaluate(program, he, x);

  seal::Decryptor(context, keygen.secret_key()).decrypt(y, plain);
  std::vector<double> results;
  encoder.decode(plain, results);
  return report("SEAL", data, results, relu);
}
