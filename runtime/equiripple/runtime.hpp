// All that an emitted header needs: C++17, the standard library, nothing else.
#pragma once

#include <array>
#include <limits>

#include "across_slots.hpp"
#include "backend.hpp"
#include "claim.hpp"
#include "errors.hpp"
#include "evaluate.hpp"
#include "many.hpp"
#include "output_level.hpp"
#include "schedule.hpp"
#include "slots.hpp"

namespace equiripple {

/// The version of the format of emitted headers that this runtime understands. What an older
/// runtime of the same version lacks (a stage read at a scale of its own), it does not compile.
inline constexpr int format_version = 1;

}  // namespace equiripple
