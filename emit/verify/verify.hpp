// Proves the claims of a file again, from the file alone.
//
// Every field is in the table of fields (fields.hpp), with how it is known; of the request it is
// what it promises that is looked at.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/verify/verification.hpp"

namespace equiripple {

/// It ends with the first part in which a claim does not hold. Claims that do not hold, or cannot
/// be proved again, are findings; only the machine can fail.
[[nodiscard]] Verification verify(const Artifact& artifact);

/// Of the text of a file, too: it is what is written of the artifact that was read from it.
[[nodiscard]] Verification verify(const Artifact& artifact, const std::string& text);

}  // namespace equiripple
