// What parameters of CKKS leave of a function: its plan on the runtime's simulated ciphertexts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/json.hpp"
#include "emit/request/ckks_words.hpp"

namespace equiripple {

/// The errors of encryption and arithmetic alone, against the plan in exact arithmetic, in units of
/// the function's own error (of metric relu: divided by the range; relative: by the function).
struct SimulatedNoise {
  double log2_largest = 0;      // over the range, or the domain where the gap does not count
  double log2_mean_square = 0;  // half of log2 of the mean square
};

/// Levels that the plan consumes, with one for the range where the library encrypts at one scale.
[[nodiscard]] int levels_on_ciphertexts(const Artifact& artifact, const CkksParameters& parameters);

/// One draw of it, by `seed`; or why there is none: the scale leaves no digits.
[[nodiscard]] Attempt<SimulatedNoise> attempted_noise(const Artifact& artifact,
                                                      const CkksParameters& parameters,
                                                      std::uint64_t seed = 1);

/// Likewise; fails with cannot_be_met.
[[nodiscard]] SimulatedNoise simulated_noise(const Artifact& artifact,
                                             const CkksParameters& parameters,
                                             std::uint64_t seed = 1);

/// With every stage's variable at the usual scale; none where the plan chooses no other.
[[nodiscard]] std::optional<SimulatedNoise> noise_at_usual_scales(const Artifact& artifact,
                                                                  const CkksParameters& parameters);

/// -log2 of the largest error on ciphertexts: the approximation's and the noise together.
[[nodiscard]] double surviving_bits(const Artifact& artifact, const SimulatedNoise& noise);

/// {"parameters", "log2_noise", "log2_mean_noise", "log2_noise_at_usual_scales" (where the plan
/// chooses others), "levels", "bits", "evidence"}; `words` are those of the parameters. Fails
/// likewise, and with wrong_request where there is no plan.
[[nodiscard]] Json simulation_json(const Artifact& artifact, const std::string& words);

}  // namespace equiripple
