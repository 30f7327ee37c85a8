// How far a polynomial is from the values that were asked for, in words.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// "p(0) = 0: exactly", or how many are, and the largest deviation of the others. Empty where
/// nothing was asked for.
[[nodiscard]] std::string describe_conditions(const Artifact& artifact);

}  // namespace equiripple
