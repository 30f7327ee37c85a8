// What parameters of CKKS leave of a function of many slots: its parts and sums on the runtime's
// simulated ciphertexts.
#pragma once

#include <cstdint>

#include "emit/simulate/ckks.hpp"

namespace equiripple {

/// On inputs that are all equal, one apart from all others, and between; each sum counts as so many
/// rotations and additions as there are slots. As simulated_noise, of an artifact of many slots.
[[nodiscard]] Outcome<SimulatedNoise> simulated_noise_of_slots(const Artifact& artifact,
                                                               const CkksParameters& parameters,
                                                               std::uint64_t seed);

/// Levels that it takes of an input as the library encrypts it.
[[nodiscard]] int levels_of_slots(const Artifact& artifact, const CkksParameters& parameters);

}  // namespace equiripple
