// What the plan of a function is to be good at: options of every command that makes one.
#pragma once

#include <optional>

#include "emit/plan/settings.hpp"
#include "emit/request/given_options.hpp"

namespace equiripple {

/// Reads the file of --model, where there is a reader. `prices_everything`: that and --level-price
/// serve whatever is minimised. Fails with wrong_request or machine_failed.
[[nodiscard]] PlanSettings plan_settings(const GivenOptions& given, bool prices_everything = false);

/// Of --max-key-switches; fails likewise.
[[nodiscard]] std::optional<int> most_key_switches(const GivenOptions& given);

}  // namespace equiripple
