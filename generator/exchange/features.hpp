// What the samples between reference points miss: a dense scan in double, independent of the
// reference.
#pragma once

#include <vector>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// Points where |weight (target - polynomial)| has a peak above `level`, the highest first, at most
/// `most`; found on request.feature_samples points (none where that is 0). A scan proves nothing,
/// and what is narrower than its step it does not see.
[[nodiscard]] std::vector<Rational> points_above(const MinimaxRequest& request,
                                                 const ChebyshevSeries& polynomial,
                                                 const Rational& level, std::size_t most);

/// Where an interval spans many scales, as [-2, 10^5] does: the powers of 16 between 1 and its
/// ends. Functions of the grammar turn where |x| is about 1, and between far points no step is as
/// small.
[[nodiscard]] std::vector<Rational> scale_points(const Domain& domain);

}  // namespace equiripple
