// What every emitted file begins with: the command, the function, the claim.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// Text inside a line comment of any of the languages: printable ASCII, without a backslash or a
/// trailing question mark that could join lines.
[[nodiscard]] std::string comment_text(const std::string& text);

/// The first of them: what made the file, and that it is not to be edited.
[[nodiscard]] std::string origin_lines(const Artifact& artifact, const std::string& mark,
                                       const std::string& target, const std::string& ending);

/// The mark alone in a line.
[[nodiscard]] std::string blank_line(const std::string& mark);

/// The lines of the head, each after `mark` ("// ", "# "): the commands that make the file of a
/// target with this ending again, then the function and its claims.
[[nodiscard]] std::string head_lines(const Artifact& artifact, const std::string& mark,
                                     const std::string& target, const std::string& ending);

/// A claim's end in binary64, rounded once more in its direction where its exponent is too small.
[[nodiscard]] std::string outward(const Rational& q, Rounding rounding);

/// A coefficient as it stands, with 17 significant digits: binary64 comes back exactly.
[[nodiscard]] std::string exact_decimal(const Rational& q);

}  // namespace equiripple
