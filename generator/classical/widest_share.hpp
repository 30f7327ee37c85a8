// A polynomial whose error keeps to a tolerance on as much of a domain as can be found: the best
// one of the domain without holes, which are as small as the tolerance allows.
//
// Where a best approximation is worst about a few points (kinks, steep places), leaving these out
// lowers the error on all the rest. No optimum is claimed: which holes pay is a search.
// Pure: no I/O, no globals, no clock, no randomness. Equal requests give equal bits.
#pragma once

#include <optional>

#include "generator/classical/classical.hpp"
#include "generator/exchange/minimax.hpp"

namespace equiripple {

inline constexpr int highest_share_degree = 127;  // chosen: a search of some seconds

struct ShareRequest {
  MinimaxRequest problem;                   // its degree up to highest_share_degree; no parity
  Expression density = Expression(1, "1");  // how often each x is met; at least 0
  Rational tolerance;                       // above 0
  std::optional<Rational> worst{};          // above the tolerance: the error aimed at in the holes;
                                            // none: any
};

/// limit_not_met where no hole leaves a part of the domain on which the error keeps to the
/// tolerance.
[[nodiscard]] ClassicalResult widest_share(const ShareRequest& request);

}  // namespace equiripple
