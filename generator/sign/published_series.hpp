// A published polynomial as a stage.
#pragma once

#include "generator/chebyshev.hpp"
#include "generator/sign/published.hpp"

namespace equiripple {

/// The polynomial in x / range, exactly, as a series on `basis`.
[[nodiscard]] ChebyshevSeries published_series(const PublishedStage& stage, const Interval& basis,
                                               const Rational& range);

}  // namespace equiripple
