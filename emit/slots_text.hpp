// Functions of many slots in words.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// "softmax of 64 slots, |x| <= 8"
[[nodiscard]] std::string describe_slots(const Artifact& artifact);

/// "exp, 1/x, 2 squarings between 3 normalisations"
[[nodiscard]] std::string describe_parts(const Artifact& artifact);

/// "15 levels, 21 key switches, ..., and 1 sum over the slots of yours"
[[nodiscard]] std::string describe_slot_costs(const Artifact& artifact);

/// Everything as a person reads it: function, claim, parts, costs.
[[nodiscard]] std::string summary_of_slots(const Artifact& artifact);

/// The head of an emitted file, each line after `mark`: the commands, function, claim, costs.
[[nodiscard]] std::string slots_head(const Artifact& artifact, const std::string& mark,
                                     const std::string& target, const std::string& ending);

/// "// Part 1 of 2: ..." before a line with the part's own command; of what is in `artifact`.
[[nodiscard]] std::string describe_part(const Artifact& part);

}  // namespace equiripple
