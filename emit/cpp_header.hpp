// Artifacts as C++ headers, and back.
//
// A header carries the whole artifact: the tables, claims and operations stand once, as the code
// that a compiler reads; the rest (request, names, evidence) follows in a comment at the end.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "generator/expected.hpp"

namespace equiripple {

/// Why this artifact cannot be a header (no plan, coefficients wider than binary64); empty if it
/// can.
[[nodiscard]] std::string obstacle_to_cpp(const Artifact& artifact);

/// Throws std::invalid_argument where there is an obstacle.
[[nodiscard]] std::string to_cpp(const Artifact& artifact);

/// Reads tables, claims and operations from the code, the rest from the comment.
[[nodiscard]] Expected<Artifact> artifact_from_cpp(const std::string& text);

/// The line after which the comment with the rest begins.
inline constexpr const char* record_mark =
    "// RECORD of the request, for equiripple inspect; its numbers stand in the code above.";

/// Why a compiler reads the text otherwise than artifact_from_cpp: a line that continues the one
/// before it, a comment over several lines, a directive that to_cpp does not write, characters that
/// are not shown. Empty where nothing does.
[[nodiscard]] std::string trap_in_cpp(const std::string& text);

/// The first line of the header `text` that is not, byte for byte, what to_cpp makes of the
/// artifact that was read from it; empty where all are. The number of the version that wrote it may
/// be another.
[[nodiscard]] std::string foreign_line_in_cpp(const std::string& text, const Artifact& artifact);

/// The version that a header says it was written by; empty where it says none.
[[nodiscard]] std::string version_of_cpp(const std::string& text);

}  // namespace equiripple
