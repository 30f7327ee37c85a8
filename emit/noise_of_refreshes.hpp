// What the refreshes between stages add to the value of a function of steps.
#pragma once

#include <optional>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple {

/// A bound, relative to the value where the metric is: of the polynomials in place of those of the
/// stages, whose domains, ranges and errors are proved of both. `noise` before each stage. None
/// where it is not proved, or a value is not above 0 that is to be.
[[nodiscard]] std::optional<Rational> noise_of_refreshes(
    Metric metric, const std::vector<ChebyshevSeries>& polynomials,
    const std::vector<StageRecord>& stages, const std::vector<Rational>& noise);

}  // namespace equiripple
