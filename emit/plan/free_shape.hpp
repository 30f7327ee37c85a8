// A chain of links with every scalar that costs no product, and with so many products that there
// are scalars for all degrees.
#pragma once

#include <optional>

#include "emit/plan/shape.hpp"
#include "emit/plan/tree.hpp"

namespace equiripple {

/// Every link with the product that makes it a chain; then products with the most scalars, until
/// there are as many scalars as `degrees`, and some more. Powers, class and degree are left to the
/// caller. None where there are not so many.
[[nodiscard]] std::optional<Shape> free_shape(const Tree& tree, int degrees);

}  // namespace equiripple
