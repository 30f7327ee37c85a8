// What a plan is to be good at.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "emit/plan/latency.hpp"

namespace equiripple {

enum class PlanObjective : unsigned char {
  levels,        // the fewest levels, then the fewest key switches
  key_switches,  // the fewest key switches within max_levels
  latency,       // the least time by `costs`, and level_price, within max_levels
};

/// By its name in requests: "levels", "key-switches" or "latency".
inline std::optional<PlanObjective> plan_objective(std::string_view name) {
  if (name == "levels") return PlanObjective::levels;
  if (name == "key-switches") return PlanObjective::key_switches;
  if (name == "latency") return PlanObjective::latency;
  return std::nullopt;
}

struct PlanSettings {
  PlanObjective objective = PlanObjective::levels;
  double level_price = 0;           // of latency, added for each level; in the unit of costs
  std::optional<int> max_levels{};  // none: for key_switches and latency, as many as pay
  std::vector<int> stage_levels{};  // of each stage, where that is decided; then no other is tried
  bool absorb = true;               // output_scale_factor may differ from 1
  Rational growth_limit = 64;
  bool rounds_little = false;  // of each stage's scalars, as StageTask has it
  CostTable costs = CostTable::transforms();
};

}  // namespace equiripple
