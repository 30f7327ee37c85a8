// What the rounding of a value is relative to, where large terms cancel.
#pragma once

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// log2 of what roundings of one part in 2^bits at every node of the expression come to in its
/// value, times 2^bits, or of the value where that is larger: the size of the terms that cancel. At
/// the ends of the domain and in its middle, rounded up; minus infinity where no value is finite,
/// or all are 0.
[[nodiscard]] double largest_term_log2(const Expression& expression, const Domain& domain);

}  // namespace equiripple
