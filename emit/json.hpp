// Artifacts as JSON: format "equiripple", version 1, or 2 where they list
// their steps. Reals are hex-float strings, counts numbers.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "emit/artifact.hpp"
#include "generator/expected.hpp"

namespace equiripple {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const Artifact& artifact);
[[nodiscard]] Json to_json(const ClaimRecord& claim);
[[nodiscard]] Json to_json(const RequestRecord& request);

/// The artifact as the text of a file: two spaces a level, a newline at the end.
[[nodiscard]] std::string to_json_text(const Artifact& artifact);

/// Any JSON of bounded nesting.
[[nodiscard]] Expected<Json> parse_json(const std::string& text);

[[nodiscard]] Expected<Artifact> artifact_from_json(const Json& json);
[[nodiscard]] Expected<Artifact> artifact_from_json_text(const std::string& text);

}  // namespace equiripple
