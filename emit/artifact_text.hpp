// An artifact in the text of a file: JSON or a C++ header, told apart by the text.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"

namespace equiripple {

/// Whether the text is JSON, rather than a header.
[[nodiscard]] bool is_json(const std::string& text);

/// `path` stands in messages. A wrong request where the text is neither; and `contradictory` where
/// it says of itself what cannot be, or one thing to this reader and another to a compiler.
[[nodiscard]] Outcome<Artifact> artifact_in(const std::string& text, const std::string& path,
                                            Status contradictory = Status::wrong_request);

}  // namespace equiripple
