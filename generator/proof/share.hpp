// How much of a domain a stored polynomial serves within a tolerance: proved from below.
#pragma once

#include <optional>

#include "generator/exchange/minimax.hpp"
#include "generator/proof/mean.hpp"

namespace equiripple {

struct WithinTolerance {
  Domain part;  // of the domain, with binary64 ends: |weight (target - stored)| <= tolerance
  ErrorEnclosure outside;  // upper: at most this share of the measure is not in it; the rest is 0
};

/// The request's domain has binary64 ends and lies inside the basis of `stored`; the measure is on
/// it. What of the domain keeps to a little less than the tolerance is found by a search, and then
/// proved to keep to the tolerance; empty where no proof was found.
[[nodiscard]] std::optional<WithinTolerance> proved_within(const MinimaxRequest& request,
                                                           const Measure& measure,
                                                           const ChebyshevSeries& stored,
                                                           const Rational& tolerance);

}  // namespace equiripple
