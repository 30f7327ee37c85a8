// The costs of a plan beside what other libraries spend on the same polynomials.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// A table for each cost: a row for each stage, and their sum. The counts of the peers are those of
/// emit/plan/peers.hpp. Where there is no plan, a sentence that says why.
[[nodiscard]] std::string comparison(const Artifact& artifact);

}  // namespace equiripple
