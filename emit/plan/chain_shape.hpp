// Shapes in which every value adapts, the even ones as well: an addition chain of degrees, each
// value the product of two before it and all that costs no key switch.
//
// Their scalars meet in products and are sought (least_scalars.hpp). They reach the length of the
// shortest addition chain where powers and a chain of links need one key switch more. In a dense
// series each value is a quadratic in those before it: sums of them multiplied, and one added.
#pragma once

#include <span>
#include <vector>

#include "emit/plan/outline.hpp"

namespace equiripple {

/// The chain as shapes: 1 and 2, and the ascending degrees, of which the last is the result; with
/// more and more products. Without slots, with every scalar that costs no product. None where the
/// levels do not suffice.
[[nodiscard]] std::vector<Shape> chain_shapes(const ShapeRequest& request,
                                              std::span<const int> chain);

/// Of the chains that are known for the degree, those with so many key switches.
[[nodiscard]] std::vector<Shape> chain_shapes_of(const ShapeRequest& request, int key_switches);

}  // namespace equiripple
