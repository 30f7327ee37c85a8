// What a function of many slots costs: its parts, and what joins them; the rotations of the sums
// are the caller's.
#pragma once

#include <optional>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/plan/latency.hpp"

namespace equiripple {

/// Of each value, the input first, the levels that it takes. Every part has a plan.
[[nodiscard]] std::vector<int> depths_of(const SlotSteps& steps, const std::vector<int>& of_parts);

/// Of each value, the input first, the levels that it has left, up to the first step that lacks
/// some.
struct SlotLevels {
  std::vector<int> left{};
  std::optional<std::size_t> lacking{};  // the index of that step, from 0
};
[[nodiscard]] SlotLevels levels_left(const Artifact& artifact, int start);

/// The whole: `program` is empty, `growth` the largest of the parts.
[[nodiscard]] Plan whole_plan(const Artifact& artifact);

/// Levels that the input must have: those of the whole, or what there must be where it is
/// refreshed.
[[nodiscard]] int slots_levels_of_input(const Artifact& artifact);

/// Whether the last step is a multiple that is read off the scale; where the library has scales of
/// its own that takes a level more. What is refreshed has it.
[[nodiscard]] bool multiplies_at_end(const Artifact& artifact);

/// slots_levels_of_input where the input has the working scale: one more for a range above 1, and
/// for a multiple at the end.
[[nodiscard]] int slots_levels_at_working_scale(const Artifact& artifact);

/// The time of the whole without the sums, each part at the levels that are left there; of
/// refreshes the key switches alone.
[[nodiscard]] double whole_latency(const Artifact& artifact, CostTable costs);

/// Half the width of what the input is read at: that of its range, in units of the input.
[[nodiscard]] Rational half_width_of_input(const Artifact& artifact);

}  // namespace equiripple
