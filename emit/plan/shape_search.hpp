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

#include "emit/plan/shape.hpp"
#include "emit/plan/tree.hpp"

namespace equiripple {

inline constexpr int highest_searched_degree = 64;

struct ShapeRequest {
  SeriesClass series_class = SeriesClass::dense;
  int degree = 1;  // odd unless the class is dense
  int levels = 1;
  bool leading_in_x = false;  // x may be multiplied by the leading coefficient (odd_times_x)
};

/// How scalars are given their places: from the fewest products to the best conditioned.
inline constexpr std::array<ShapeOptions, 4> shape_options = {{
    {.reuse = LinkReuse::free, .add_to_multipliers = true},
    {.reuse = LinkReuse::free, .add_to_multipliers = false},
    {.reuse = LinkReuse::sparing, .add_to_multipliers = false},
    {.reuse = LinkReuse::none, .add_to_multipliers = false},
}};

/// For each of shape_options the shapes of this many key switches, fewest tensor products first; at
/// most `most` of them. Degrees up to highest_searched_degree.
[[nodiscard]] std::array<std::vector<Shape>, shape_options.size()> shapes_of(
    const ShapeRequest& request, int key_switches, std::size_t most);

/// Shapes of a wider class, without slots: a chain of links as before, in which every scalar that
/// costs no product is free, with so many products that there are scalars for all degrees. Their
/// scalars are to be sought (least_scalars.hpp); they need not exist. Fewest tensor products first.
[[nodiscard]] std::vector<Shape> free_shapes_of(const ShapeRequest& request, int key_switches,
                                                std::size_t most);

/// The shape with the fewest key switches that is found, for each of shape_options for which there
/// is one; none where the levels do not suffice. Any degree.
[[nodiscard]] std::vector<Shape> wide_shapes_of(const ShapeRequest& request);

/// The powers of a search as those of a shape: each with the product that makes it.
[[nodiscard]] std::vector<ShapePower> powers_of(const std::vector<Factor>& powers,
                                                SeriesClass series_class);

}  // namespace equiripple
