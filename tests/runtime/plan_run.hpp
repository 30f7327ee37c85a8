// Runs the program of an artifact and says what is wrong with it: counts, values, scales.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple::test {

/// A series, or the stages of a composite, with its plan and made-up claims.
Artifact planned_artifact(Kind kind, const std::vector<ChebyshevSeries>& stages);

/// The artifact read from the header that is written of it; fails the test where it is unreadable.
Artifact through_header(const Artifact& artifact);

/// Empty, or in which way a run of artifact.plan is not what it promises: another number of
/// operations than its costs; a value that is not that of the `claimed` stages to 2^-230, or not
/// that of the stored ones to the rounding of scalars; sums of unequal levels or scales, or another
/// level than promised, on a chain of primes.
std::string defect_of_run(const Artifact& artifact, const std::vector<ChebyshevSeries>& claimed);

/// What the program computes exactly; fails the test where it is no function of that kind.
std::vector<ChebyshevSeries> claimed_by(const Artifact& artifact);

}  // namespace equiripple::test
