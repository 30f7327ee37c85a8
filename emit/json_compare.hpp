// Whether a file of JSON says what its artifact is, and nothing else.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// The first field of the artifact's JSON `text` that is not what to_json makes of the artifact
/// that was read from it, as "stages/0/error/log2_upper"; empty where all are. Order and white
/// space are free, and "rounding" may be left out.
[[nodiscard]] std::string foreign_field_in_json(const std::string& text, const Artifact& artifact);

}  // namespace equiripple
