// What a plan could be instead: offers for the summary, from the artifact and what its request asks
// of the plan.
#pragma once

#include <optional>
#include <string>

#include "emit/artifact.hpp"
#include "emit/plan/settings.hpp"

namespace equiripple {

/// The costs of the plan with one more level and the fewest key switches, where those are fewer.
/// None where the request minimised key switches or leaves no level more, and where the search
/// would take longer than a summary should.
[[nodiscard]] std::optional<PlanCosts> one_more_level(const Artifact& artifact,
                                                      const PlanSettings& asked);

/// "one more level would take 5 key switches instead of 6 (--minimise key-switches --max-levels
/// 5)"; empty where one_more_level is.
[[nodiscard]] std::string describe_offer(const Artifact& artifact, const PlanSettings& asked);

/// "above the limit 2^6" where the plan's growth is: nothing within the limit was found. Or empty.
[[nodiscard]] std::string describe_excess(const Artifact& artifact, const PlanSettings& asked);

}  // namespace equiripple
