// Shapes with the fewest key switches.
//
// The class that is searched: powers T_k (k = a + b of two earlier ones; the bare product where the
// difference is not there), and a chain of links w = T_g w' + products of a power, or of a link
// below, with scalar multiples of others + scalar multiples, of which each degree is settled by one
// scalar (shape.hpp). Up to highest_searched_degree every set of powers and every chain of the
// class within the levels is looked at, in the order of their key switches, up to 400,000 sets of
// one number: what is found first is then the least of the class. That it has the fewest tensor
// products is as sure as the effort (assignment.hpp) is enough. Higher degrees: sets of powers of
// regular steps, and trees of links.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "emit/plan/outline.hpp"
#include "emit/plan/power_set.hpp"

namespace equiripple {

/// How scalars are given their places: from the fewest products to the best conditioned.
inline constexpr std::array<ShapeOptions, 4> shape_options = {{
    {.reuse = LinkReuse::free, .add_to_multipliers = true},
    {.reuse = LinkReuse::free, .add_to_multipliers = false},
    {.reuse = LinkReuse::sparing, .add_to_multipliers = false},
    {.reuse = LinkReuse::none, .add_to_multipliers = false},
}};

inline constexpr std::size_t shapes_tried = 6;       // of one number of key switches; chosen
inline constexpr std::size_t free_shapes_tried = 4;  // chosen

/// Of each of shape_options.
using ShapesByOption = std::array<std::vector<ShapeOutline>, shape_options.size()>;

/// The shapes of this many key switches, fewest tensor products first, at most shapes_tried for
/// each option. Degrees up to highest_searched_degree.
[[nodiscard]] ShapesByOption search_shapes(const ShapeRequest& request, int key_switches);

/// Shapes of a wider class, without slots: a chain of links as before, in which every scalar that
/// costs no product is free, with so many products that there are scalars for all degrees. Their
/// scalars are to be sought (least_scalars.hpp); they need not exist. At most free_shapes_tried.
[[nodiscard]] std::vector<ShapeOutline> search_free_shapes(const ShapeRequest& request,
                                                           int key_switches);

/// Of the shapes with the fewest key switches that are found, for each of shape_options the one
/// with the least latency by CostTable::transforms(), where there is one; cheapest first. None
/// where the levels do not suffice. Any degree.
[[nodiscard]] std::vector<Shape> wide_shapes_of(const ShapeRequest& request);

/// The powers of a search as those of a shape: each with the product that makes it.
[[nodiscard]] std::vector<ShapePower> powers_of(const std::vector<Factor>& powers,
                                                SeriesClass series_class);

}  // namespace equiripple
