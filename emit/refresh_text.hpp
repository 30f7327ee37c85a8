// Sentences about the refreshes of an artifact.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// "before stage 3"; empty where nothing is refreshed.
[[nodiscard]] std::string places_text(const Artifact& artifact);

/// "1, before stage 3: adds at most 2^-9.30 to a value in [-1, 1]; 800 each, 4 levels are left"; or
/// that none is needed. Empty where the request is of none.
[[nodiscard]] std::string describe_refreshes(const Artifact& artifact);

}  // namespace equiripple
