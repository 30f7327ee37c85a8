// ReLU of an encrypted vector with Microsoft SEAL: error and time.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <equiripple/seal.hpp>

#include "relu.hpp"

int main() {
  seal::EncryptionParameters parms(seal::scheme_type::ckks);
  const std::size_t ring = 1 << 15;
  std::vector<int> primes(1, 60);  // the last that is left
  primes.insert(primes.end(), relu::Plan::levels, 40);
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

  std::vector<double> values;
  for (std::size_t i = 0; i < encoder.slot_count(); ++i) {
    values.push_back(relu::Plan::upper * (2.0 * double(i) / double(encoder.slot_count()) - 1));
  }
  seal::Plaintext plain;
  seal::Ciphertext x;
  encoder.encode(values, std::exp2(40) / relu::Plan::half_width,
                 plain);  // the scale holds the range
  seal::Encryptor(context, public_key).encrypt(plain, x);

  equiripple::seal_backend he(context, relin_keys);
  const auto begin = std::chrono::steady_clock::now();
  const seal::Ciphertext y = relu::evaluate(he, x);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;

  seal::Decryptor(context, keygen.secret_key()).decrypt(y, plain);
  std::vector<double> results;
  encoder.decode(plain, results);
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(results[i] - std::max(values[i], 0.0)));
  }
  std::printf("SEAL: ReLU of %zu encrypted numbers in [%g, %g] in %.2f s\n", values.size(),
              relu::Plan::lower, relu::Plan::upper, time.count());
  std::printf("largest error %.3g; the polynomial's bound is %.3g, the rest is noise\n", largest,
              relu::claim.bound());
  return largest <= 1.1 * relu::claim.bound() + 1e-4 * relu::Plan::upper ? 0 : 1;
}
