// The costs of direct polynomials, from the planner, as the search over degrees takes them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/settings.hpp"
#include "emit/plan/stage_profile.hpp"
#include "generator/search/stage_option.hpp"

namespace equiripple {

/// What the planner makes of a direct polynomial in so many levels: of |x| and x / 2 where the
/// degree is even, of sign where it is odd. Up to degree 64, where plans of even polynomials depend
/// on their coefficients, it is the best polynomial; else the Chebyshev series of the function,
/// whose coefficients decay as those of the best one do. None where the levels do not suffice.
[[nodiscard]] std::optional<StageProfile> direct_profile(int degree, int levels);

/// The highest degrees that so many levels and key switches reach, as a table
/// (direct_profile_table.cpp, which tools/profiles writes): above degree 64 found by bisection
/// between the degrees of a level, as if key switches rose with the degree.
[[nodiscard]] std::span<const StageProfile> tabled_direct_profiles();

/// The rows of the table for the kind, up to a degree, as a search takes them; without those that
/// absorb their leading coefficient where settings forbid it. Latencies by settings.costs.
[[nodiscard]] std::vector<StageOption> direct_options(const PlanSettings& settings, Kind kind,
                                                      int max_degree);

/// Whether the growth that absorbing the leading coefficient brings is within the limit.
[[nodiscard]] bool keeps_growth(const PlanSettings& settings, const StageOption& direct);

}  // namespace equiripple
