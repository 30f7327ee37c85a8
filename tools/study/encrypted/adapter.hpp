// What the network needs of a library besides what activations need.
//
// clang-format off
//   struct Library {
//     using Backend = ...;                            // of the runtime
//     Library(const AdapterRequest&);                 // makes keys
//     Backend& backend();
//     // At the top level.
//     Backend::Ciphertext encrypt(const std::vector<double>& slots, double scale);
//     std::vector<double> decrypt(const Backend::Ciphertext&);  // values, at its own scale
//
//     // By a scalar, scales multiply; the product is as small as an input, and not to be rescaled.
//     Backend::Ciphertext multiply_small(const Backend::Ciphertext&, const Backend::Plaintext&);
//
//     using Vector = ...;                             // values in slots, for use at a level
//     Vector encode_vector(const std::vector<double>& slots, int level, double scale);
//     // Scales multiply.
//     Backend::Ciphertext multiply_vector(const Backend::Ciphertext&, const Vector&);
//     // Slot i gets what slot i + steps holds.
//     Backend::Ciphertext rotate(const Backend::Ciphertext&, int steps);
//
//     double modulus_bits();                          // of all primes
//   };
// clang-format on
#pragma once

#include <stdexcept>
#include <vector>

namespace equiripple::study {

/// Bits of the working primes: the longest composite fits ring 2^15 with 128 bits of security.
inline constexpr int prime_bits = 50;  // chosen
inline constexpr int last_prime_bits = 60;

struct AdapterRequest {
  int log2_ring = 14;
  int levels = 0;
  std::vector<int> rotations;
};

/// The largest modulus for 128 bits of security with a ternary secret: the table of the Homomorphic
/// Encryption Standard (2018), at 2^16 as OpenFHE continues it.
inline int secure_modulus_bits(int log2_ring) {
  switch (log2_ring) {
    case 12: return 109;
    case 13: return 218;
    case 14: return 438;
    case 15: return 881;
    case 16: return 1747;
    default: throw std::invalid_argument("secure_modulus_bits: no such ring");
  }
}

}  // namespace equiripple::study
