// Rows of the table of options: commands whose functions are made of several steps.
#pragma once

#include "emit/request/options.hpp"

namespace equiripple {

/// `plan` are the options of every plan.
[[nodiscard]] CommandRow exponential_command(const Options& plan);
[[nodiscard]] CommandRow indicator_command(const Options& plan);
[[nodiscard]] CommandRow activation_command(const Options& plan);

/// Of sign, all that is built on it, and indicators.
[[nodiscard]] OptionRow refresh_option();

/// Of sign, step and compare.
[[nodiscard]] Options threshold_options();

}  // namespace equiripple
