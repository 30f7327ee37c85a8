// Targets to which no polynomial of the class comes nearer than 0 does: they alternate by
// themselves, as a cosine does over more periods than a polynomial of the degree can follow. Where
// it nearly does, what the best polynomial gains over 0 may be less than the tolerance: the search
// notices (search.hpp).
#pragma once

#include <optional>
#include <vector>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// 0, where the largest sizes of the weighted target, with alternating signs, are equal and as many
/// as a reference has [Chebyshev's alternation]. `start`: about where they are (reference.hpp).
[[nodiscard]] std::optional<MinimaxResult> zero_result(const MinimaxRequest& request,
                                                       const std::vector<Rational>& start);

/// 0 as a result that converged, with its largest error; without the bound below and the reference.
[[nodiscard]] MinimaxResult zero_with_error(const MinimaxRequest& request, const Rational& error);

}  // namespace equiripple
