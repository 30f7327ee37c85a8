// Reading and writing whole files.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "tools/read_file.hpp"

namespace equiripple {

/// Writes beside the file, then renames: it is there whole or not at all. A file that already has
/// this content keeps its time stamp. Through a symbolic link the file that it names is written; a
/// link to nothing is replaced. A device or pipe is written directly. Fails with machine_failed.
void write_file(const std::string& path, const std::string& content);

/// To standard output; a full disk behind it is a failure too.
void write_output(const std::string& content);

/// Of an argument that read_artifact reads.
inline constexpr const char* file_help =
    "an artifact (.json) or a C++ header that equiripple emitted";

/// The artifact in a file (artifact_text.hpp). Fails likewise.
[[nodiscard]] Artifact read_artifact(const std::string& path);

/// "relu" of "build/relu.hpp".
[[nodiscard]] std::string stem_of(const std::string& path);
/// ".hpp" of "build/relu.hpp".
[[nodiscard]] std::string extension_of(const std::string& path);

}  // namespace equiripple
