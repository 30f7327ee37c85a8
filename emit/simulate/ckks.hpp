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

/// One draw of it, by `seed`. Refused where the scale leaves no digits, and where refreshes are in
/// the plan of a request that cannot be read.
[[nodiscard]] Outcome<SimulatedNoise> simulated_noise(const Artifact& artifact,
                                                      const CkksParameters& parameters,
                                                      std::uint64_t seed = 1);

/// With every stage's variable at the usual scale; none where the plan chooses no other. Refused
/// likewise.
[[nodiscard]] Outcome<std::optional<SimulatedNoise>> noise_at_usual_scales(
    const Artifact& artifact, const CkksParameters& parameters);

/// -log2 of the largest error on ciphertexts: the approximation's and the noise together.
[[nodiscard]] double surviving_bits(const Artifact& artifact, const SimulatedNoise& noise);

/// {"parameters", "log2_noise", "log2_mean_noise", "log2_noise_at_usual_scales" (where the plan
/// chooses others), "levels", "bits", "evidence"}; `words` are those of the parameters. Refused
/// likewise, and where the words are wrong or there is no plan.
[[nodiscard]] Outcome<Json> simulation_json(const Artifact& artifact, const std::string& words);

}  // namespace equiripple
