// What is proved of |x| |P(x) - sign(x)| / 2 where noise moves the arguments of stages.
//
// Let each stage p_j be odd, within E_j of 1 on [a_j, b_j], and rise on [0, a_j]; let the argument
// of p_j be moved by at most n_j, and let [a_j, b_j] hold the values of p_(j-1) on [a_(j-1),
// b_(j-1)] so moved. Then |p_j| <= 1 + E_j on [-b_j, b_j], and for x > 0 the smallest value that
// P(x) can take follows from that of the stages: with u_1 = x and u_j = L_(j-1) - n_j, where L is
// the smallest,
//   p_j >= p_j(u_j)   on [u_j, b_j], where -a_j <= u_j < a_j and p_j(u_j) <= 1 - E_j;
//   p_j >= 1 - E_j    where u_j >= a_j: and then u_i >= a_i for every later i.
// So P(x) is between the smaller of 1 - E_k and Q(x) = p_k(p_(k-1)(... - n_(k-1)) - n_k), and
// 1 + E_k, as long as no u_j is below -a_j. They rise with x: where that holds at x_0, it holds at
// all x >= x_0; and below x_0 the error is at most x_0 (2 + E_k) / 2.  [proved]
#pragma once

#include <vector>

#include "generator/proof/certify_sign.hpp"

namespace equiripple {

/// Encloses max |x| |P(x) - sign(x)| / (2 range) over |x| <= range and all such noise: `claim` has
/// the shifts n_j, `positive` the intervals [a_j, b_j]. That the stages keep to their errors on
/// them, and that each holds what comes from the one before, is proved elsewhere.
[[nodiscard]] Certificate certify_refreshed_relu(const CompositeClaim& claim,
                                                 const std::vector<Interval>& positive,
                                                 int tightness_log2 = default_tightness_log2);

/// Whether that stays at or below `limit`, as certify_limit().
[[nodiscard]] Certificate certify_refreshed_relu_limit(const CompositeClaim& claim,
                                                       const std::vector<Interval>& positive,
                                                       const Rational& limit);

}  // namespace equiripple
