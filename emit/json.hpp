// Artifacts as JSON: format "equiripple", version 1. Reals are hex-float strings, counts numbers.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const Artifact& artifact);
[[nodiscard]] Json to_json(const ClaimRecord& claim);
[[nodiscard]] Json to_json(const RequestRecord& request);

/// The artifact as the text of a file: two spaces a level, a newline at the end.
[[nodiscard]] std::string to_json_text(const Artifact& artifact);

template <class T>
struct ReadResult {
  std::optional<T> value;
  std::string error;  // names the field and what would be right; empty where there is a value
};

/// Any JSON of bounded nesting.
[[nodiscard]] ReadResult<Json> parse_json(const std::string& text);

/// `message` as one line of printable characters: it may quote a file from anywhere.
[[nodiscard]] std::string printable(std::string message);

[[nodiscard]] ReadResult<Artifact> artifact_from_json(const Json& json);
[[nodiscard]] ReadResult<Artifact> artifact_from_json_text(const std::string& text);

}  // namespace equiripple
