// The version of the tool that emitted files name.
#pragma once

namespace equiripple {

inline constexpr const char* version = "0.1.0";

}  // namespace equiripple
