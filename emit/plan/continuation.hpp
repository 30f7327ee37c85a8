// A planned program that goes on: the planner's part is called the start, and what follows it is
// written by one function, so that a reader can write it again and compare.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

inline constexpr const char* start_name = "start";    // of the planner's last value
inline constexpr const char* result_name = "result";  // of the program's

/// What the planner calls result, and what goes into it, makes room for the names of the end.
[[nodiscard]] std::vector<Instruction> as_start(std::vector<Instruction> planned);

/// Behind the value that is called start; none where there is no such value.
[[nodiscard]] std::optional<std::vector<Instruction>::const_iterator> end_of_start(
    const std::vector<Instruction>& program);

/// The first name at which a program is not the other one; empty where they are the same. The scale
/// of a stage's variable is a preference, and may be another.
[[nodiscard]] std::string first_difference(const std::vector<Instruction>& found,
                                           const std::vector<Instruction>& right);

}  // namespace equiripple
