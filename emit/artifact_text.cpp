// The two readers, and what is seen on the face of what they read.
#include "emit/artifact_text.hpp"

#include <fmt/format.h>

#include "emit/cpp_header.hpp"
#include "emit/json.hpp"

namespace equiripple {

bool is_json(const std::string& text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string::npos && text[start] == '{';
}

Outcome<Artifact> artifact_in(const std::string& text, const std::string& path,
                              Status contradictory) {
  const bool json = is_json(text);
  Expected<Artifact> artifact = json ? artifact_from_json_text(text) : artifact_from_cpp(text);
  if (!artifact) {
    return Refusal{fmt::format("'{}' is no {}: {}", path,
                               json ? "equiripple artifact" : "header emitted by equiripple",
                               artifact.error().why),
                   Status::wrong_request};
  }
  std::string why = contradiction_in(*artifact);
  if (why.empty() && !json) why = trap_in_cpp(text);
  if (!why.empty()) {
    return Refusal{fmt::format("'{}' contradicts itself: {}", path, why), contradictory};
  }
  return *std::move(artifact);
}

}  // namespace equiripple
