// What parameters of CKKS leave of a function: its plan on the runtime's simulated ciphertexts.
#pragma once

#include <equiripple/simulated.hpp>
#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

struct CkksParameters {
  int log2_ring = 15;   // log2 of the ring dimension, 10 to 17
  int log2_scale = 40;  // the scale and the size of the primes, 2^20 to 2^60
  SimulatedLibrary library = SimulatedLibrary::openfhe;
};

/// "logN=15,scale=2^40", with ",library=seal" or "openfhe"; all but the scale may be left out.
/// Fails with wrong_request.
[[nodiscard]] CkksParameters ckks_word(const std::string& flag, const std::string& word);

/// For the domain of a later stage: six standard deviations of a rescaling's noise, times 32 for
/// what the operations of a stage make of it (chosen; growth numbers of stages are below).
[[nodiscard]] Rational noise_margin(const CkksParameters& parameters);

/// The errors of encryption and arithmetic alone, against the plan in exact arithmetic, in units of
/// the function's own error (of metric relu: divided by the range; relative: by the function).
struct SimulatedNoise {
  double log2_largest = 0;      // over the range, or the domain where the gap does not count
  double log2_mean_square = 0;  // half of log2 of the mean square
};

/// Levels that the plan consumes, with one for the range where the library encrypts at one scale.
[[nodiscard]] int levels_on_ciphertexts(const Artifact& artifact, const CkksParameters& parameters);

/// Fails with cannot_be_met where the scale leaves no digits.
[[nodiscard]] SimulatedNoise simulated_noise(const Artifact& artifact,
                                             const CkksParameters& parameters);

/// -log2 of the largest error on ciphertexts: the approximation's and the noise together.
[[nodiscard]] double surviving_bits(const Artifact& artifact, const SimulatedNoise& noise);

}  // namespace equiripple
