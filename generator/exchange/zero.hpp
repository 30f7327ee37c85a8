// Targets to which no polynomial of the class comes nearer than 0 does: they alternate by
// themselves, as a cosine does over more periods than a polynomial of the degree can follow.
#pragma once

#include <optional>
#include <vector>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// 0, where the largest sizes of the weighted target, with alternating signs, are equal and as many
/// as a reference has [Chebyshev's alternation]. `start`: about where they are (reference.hpp).
[[nodiscard]] std::optional<MinimaxResult> zero_result(const MinimaxRequest& request,
                                                       const std::vector<Rational>& start);

}  // namespace equiripple
