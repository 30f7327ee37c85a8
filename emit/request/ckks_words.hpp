// Parameters of CKKS in words, and the margin that their noise asks for.
#pragma once

#include <equiripple/simulated.hpp>
#include <string>

#include "generator/numbers/real.hpp"

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

}  // namespace equiripple
