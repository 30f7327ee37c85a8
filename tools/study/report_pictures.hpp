// The pictures of the report, each with the heading and the sentence that explain it.
#pragma once

#include <string>

#include "tools/study/results.hpp"

namespace equiripple::study {

/// Accuracy against levels.
[[nodiscard]] std::string levels_picture(const StudyResults& results);

/// Accuracy against the time of an image on ciphertexts.
[[nodiscard]] std::string latency_picture(const StudyResults& results);

/// Some of the activations, and their errors.
[[nodiscard]] std::string curves(const StudyResults& results);

}  // namespace equiripple::study
