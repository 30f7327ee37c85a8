// The options of fit.
#pragma once

#include "emit/request/options.hpp"

namespace equiripple {

/// `plan`: those of every plan.
[[nodiscard]] CommandRow fit_command(const Options& plan);

}  // namespace equiripple
