// The version that emitted files name; the build gives it.
#pragma once

namespace equiripple {

inline constexpr const char* version = EQUIRIPPLE_VERSION;

}  // namespace equiripple
