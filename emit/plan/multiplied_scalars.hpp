// The scalars of a shape for a multiple of what they make.
#pragma once

#include <optional>

#include "emit/plan/scalars.hpp"

namespace equiripple {

/// Those that make `factor` times as much, rounded to binary64, with the products that there are.
/// Where a product of the result has no scalar, what it multiplies is made larger, and used
/// elsewhere with scalars that are smaller. None where a product of powers alone, or a square, has
/// no scalar.
[[nodiscard]] std::optional<ShapeScalars> multiplied(const Shape& shape, ShapeScalars scalars,
                                                     const Rational& factor);

}  // namespace equiripple
