// Rows of the table of options: commands whose functions are other ones on other intervals.
#pragma once

#include "emit/request/options.hpp"

namespace equiripple {

/// `plan` are the options of every plan.
[[nodiscard]] CommandRow quantise_command(const Options& plan);
[[nodiscard]] CommandRow piecewise_command(const Options& plan);

}  // namespace equiripple
