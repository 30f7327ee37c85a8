// How a plan is carried out: what can be done at once, and what levels to spare cost, by the model
// of transforms.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/plan/latency.hpp"
#include "emit/plan/program.hpp"

namespace equiripple {

/// The most key switches of which each needs the one before.
[[nodiscard]] int critical_key_switches(const std::vector<Instruction>& program);

/// The time of one thread divided by that of `threads`, 1 or more, where each takes, of the
/// operations that can begin, the one with the longest way to the result, as the runtime's do.
[[nodiscard]] double gain_of_threads(const std::vector<Instruction>& program,
                                     const CostTable& costs, int threads);

/// The time from an input with so many levels more than the plan needs, divided by that from one
/// with none: what at_output_level saves.
[[nodiscard]] double price_of_spare_levels(const std::vector<Instruction>& program, CostTable costs,
                                           int levels);

/// Lines of a summary; empty without a plan, or where nothing is switched.
[[nodiscard]] std::string describe_execution(const Artifact& artifact);

}  // namespace equiripple
