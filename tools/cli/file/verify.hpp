// Proves the claims of a file again, from the file alone.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// What was proved, a line each. Fails with claim_fails, and names the claim and the point, where
/// one does not hold or cannot be proved again.
[[nodiscard]] std::string verify(const Artifact& artifact);

}  // namespace equiripple
