// Rows of the table of options: polynomials by other methods than minimax, and given ones.
#pragma once

#include "emit/request/options.hpp"

namespace equiripple {

/// `plan` are the options of every plan.
[[nodiscard]] CommandRow approximate_command(const Options& plan);

}  // namespace equiripple
