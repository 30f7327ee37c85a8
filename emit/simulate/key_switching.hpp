// In how many digits a library switches keys, what that adds to the modulus, and what it costs.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/latency.hpp"
#include "emit/request/ckks_words.hpp"

namespace equiripple {

/// The moduli of a ciphertext: a first prime, above it one for each level.
struct ModulusChain {
  int first_bits = 60;
  int log2_scale = 40;  // of the primes of the levels
  int levels = 0;

  int primes() const { return levels + 1; }
};

/// Digits are groups of neighbouring primes, all but the last of one size. A key switch lifts each
/// to the modulus of the others and of special primes, whose product is no smaller than a digit:
/// few digits ask for many special primes, which security counts, many for more work.
struct KeySwitching {
  static constexpr int special_bits = 60;  // of a special prime

  int digits = 1;
  int primes_per_digit = 1;
  int special_primes = 1;

  bool operator==(const KeySwitching& other) const = default;
};

/// All that the library has: of SEAL a prime a digit, of OpenFHE (HYBRID) every number of digits
/// into which the primes can be divided, as SetNumLargeDigits takes it; the fewest first.
[[nodiscard]] std::vector<KeySwitching> key_switchings(const ModulusChain& chain,
                                                       SimulatedLibrary library);

/// What the library takes where it is not told.
[[nodiscard]] KeySwitching usual_key_switching(const ModulusChain& chain, SimulatedLibrary library);

/// Bits of the modulus that security counts, as the library counts them before it chooses primes.
[[nodiscard]] int modulus_bits(const ModulusChain& chain, const KeySwitching& switching,
                               SimulatedLibrary library);

/// CostTable::transforms with the key switches of this kind, in transforms of a prime's residues.
[[nodiscard]] CostTable transforms_with(const KeySwitching& switching);

/// log2 of the smallest ring dimension with 128 bits of security (classical) for a ternary secret
/// and so many bits of modulus, 2^12 or more: the homomorphic encryption standard [HES18, table 1]
/// up to 2^15, from there OpenFHE's extension. Nothing above 2^17.
[[nodiscard]] std::optional<int> smallest_secure_ring(int modulus_bits);

}  // namespace equiripple
