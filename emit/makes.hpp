// Which command makes which kind.
#pragma once

#include <string>

#include "emit/kind.hpp"

namespace equiripple {

/// The command of which headers give the smaller of two beside the larger: its kind is max.
inline constexpr const char* both_of_two = "compare-and-swap";

/// Whether a request of this command is answered by this kind: "mod1" by minimax, "relu" by relu.
[[nodiscard]] bool makes(const std::string& command, Kind kind);

/// Whether functions of this command are, or may be, made of steps that their files list.
[[nodiscard]] bool may_have_steps(const std::string& command);

/// Whether several forms are tried, which --explain lists.
[[nodiscard]] bool tries_forms(const std::string& command);

}  // namespace equiripple
