// From a plan and the bits that shall survive to scale, primes, digits and ring dimension.
#pragma once

#include <optional>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/simulate/ckks.hpp"
#include "emit/simulate/key_switching.hpp"

namespace equiripple {

struct ParameterWish {
  Rational bits = 0;     // that shall survive: the approximation's error and the noise together
  int levels_after = 0;  // that the application needs besides
  SimulatedLibrary library = SimulatedLibrary::openfhe;
};

/// One way to switch keys, and what follows from it.
struct DigitChoice {
  KeySwitching switching;
  int modulus_bits = 0;  // with the special primes
  int log2_ring = 0;     // the smallest at 128 bits of security
  double cost = 0;       // modelled: of the plan, in transforms times the operations of one
};

struct ParameterProposal {
  ModulusChain chain;                // its levels: the plan's, with those after
  DigitChoice choice;                // the least cost
  DigitChoice usual;                 // what the library takes where it is not told; may be the same
  std::vector<DigitChoice> choices;  // all that are secure in some ring, the fewest digits first
  double bits = 0;                   // of precision, simulated
};

/// The smallest scale at which the bits survive, and the digits of least cost there, which are the
/// library's own where others cost no twentieth less. Refused where there is none at 128 bits of
/// security, and where the artifact has no plan.
[[nodiscard]] Outcome<ParameterProposal> propose_parameters(const Artifact& artifact,
                                                            const ParameterWish& wish);

}  // namespace equiripple
