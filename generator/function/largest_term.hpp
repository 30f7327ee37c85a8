// What the rounding of a value is relative to, where large terms cancel.
#pragma once

#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// log2 of the largest size of a node of the expression at the ends of the domain and in its
/// middle, a little rounded up; minus infinity where none is finite, or all are 0.
[[nodiscard]] double largest_term_log2(const Expression& expression, const Domain& domain);

}  // namespace equiripple
