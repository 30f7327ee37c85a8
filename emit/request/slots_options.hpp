// The options of functions of many slots.
#pragma once

#include "emit/kind.hpp"
#include "emit/request/options.hpp"

namespace equiripple {

/// `plan`: those of every plan.
[[nodiscard]] CommandRow slots_command(Kind kind, const Options& plan);

}  // namespace equiripple
