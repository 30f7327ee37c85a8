// The values that a polynomial takes on a domain: `measured`, not proved.
#pragma once

#include "generator/chebyshev.hpp"
#include "generator/domain.hpp"

namespace equiripple {

/// From the smallest to the largest value, ends rounded outward to binary64.
[[nodiscard]] Interval output_range(const ChebyshevSeries& polynomial, const Domain& domain);

}  // namespace equiripple
