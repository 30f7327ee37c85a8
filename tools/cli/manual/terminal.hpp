// Whether a stream is a person's terminal, and what a person likes to see there.
#pragma once

#include <cstdio>
#include <string>

namespace equiripple {

/// A terminal that takes colours; never where NO_COLOR is set (no-color.org) or TERM is dumb.
[[nodiscard]] bool takes_colour(std::FILE* stream);

/// The text between the codes of a bold or a red face.
[[nodiscard]] std::string bold(const std::string& text);
[[nodiscard]] std::string red(const std::string& text);

/// A summary, with its labels ("  error       at most ...") in bold where the stream takes colours.
[[nodiscard]] std::string summary_for(std::FILE* stream, const std::string& text);

}  // namespace equiripple
