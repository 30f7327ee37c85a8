// What makes one choice of degrees better than another: its cost, then its reach beyond the range.
#pragma once

#include <tuple>
#include <vector>

#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"
#include "generator/search/composite_search.hpp"

namespace equiripple {

using Cost = std::tuple<double, double, double>;  // compared in this order

[[nodiscard]] Cost cost_of(const PlanSettings& settings, int levels, int key_switches,
                           double latency);
[[nodiscard]] Cost cost_of(const PlanSettings& settings, const FoundComposition& found);

inline constexpr double worth_for_reach = 1.01;  // of the cost; chosen

/// What passes its bound within a two hundredth beyond the range: so well data are known; chosen.
[[nodiscard]] constexpr bool is_fragile(double reach) { return reach < 1.005; }

/// In the order in which they are to be tried: by cost; of equal costs the one that reaches further
/// beyond its range, then the faster. What passes its bound within a two hundredth beyond the range
/// gives way to what does not for a hundredth of the cost, unless request.any_reach: one slot
/// outside spoils a ciphertext.
[[nodiscard]] std::vector<FoundComposition> ranked(const SignRequest& request,
                                                   std::vector<FoundComposition> found);

}  // namespace equiripple
