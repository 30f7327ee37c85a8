// The error of a polynomial as it is stored, found by search: `measured`, not proved.
#pragma once

#include <algorithm>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// Of max |weight (target - stored)| on request.domain. `solved` gives the lower bound and where to
/// look; `stored` is a polynomial of the same class. All ends are binary64 numbers, rounded
/// outward. Throws std::domain_error where the target is not finite at a sample.
[[nodiscard]] ErrorEnclosure measure(const MinimaxRequest& request, const MinimaxResult& solved,
                                     const ChebyshevSeries& stored);

/// An enclosure with every end rounded outward to `binary64_bits` significant bits.
[[nodiscard]] ErrorEnclosure rounded_outward(const ErrorEnclosure& error);

/// The enclosure of an error that is so many times as large, rounded outward.
[[nodiscard]] ErrorEnclosure scaled(const ErrorEnclosure& error, const Rational& factor);

/// The enclosure where the error of something else, at most `upper`, is to be covered, too.
[[nodiscard]] inline ErrorEnclosure covering(ErrorEnclosure error, const Rational& upper) {
  error.upper = std::max(error.upper, upper);
  return error;
}

}  // namespace equiripple
