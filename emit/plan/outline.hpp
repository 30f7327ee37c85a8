// What a search decides of a shape, and the shape that follows from it.
//
// As a line of digits: the powers but for the variable, the multipliers, and for each link its
// products, two digits each, all parted by dots; a ! before it where x carries the highest
// coefficient. "24.1.12." are T_2 and T_4, a link that T_2 multiplies, in the result the product of
// powers 1 and 2, and none in the link.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emit/plan/shape.hpp"
#include "emit/plan/tree.hpp"

namespace equiripple {

struct ShapeRequest {
  SeriesClass series_class = SeriesClass::dense;
  int degree = 1;  // odd unless the class is dense
  int levels = 1;
  bool leading_in_x = false;  // x may be multiplied by the leading coefficient (odd_times_x)
};

/// The products of each link, by what they begin with; not those that make it a tree.
using ChosenProducts = std::vector<std::vector<std::pair<Operand, Operand>>>;

struct ShapeOutline {
  std::vector<int> powers{};       // degrees above 1, ascending
  std::vector<int> multipliers{};  // of each link but the first, in the one before: which power
  bool leading_in_x = false;
  ChosenProducts products{};  // empty: of a free shape, which follows from the rest

  bool operator==(const ShapeOutline& other) const = default;
};

/// The powers and the chain of links. Degrees up to highest_searched_degree.
[[nodiscard]] Tree tree_of(const ShapeRequest& request, const ShapeOutline& outline);

/// None where the products do not settle every degree.
[[nodiscard]] std::optional<Shape> shape_of(const ShapeRequest& request,
                                            const ShapeOutline& outline,
                                            const ShapeOptions& options);

/// Without slots: none where there are not enough scalars (free_shape.hpp).
[[nodiscard]] std::optional<Shape> free_shape_of(const ShapeRequest& request,
                                                 const ShapeOutline& outline);

[[nodiscard]] std::string line_of(const ShapeOutline& outline);
/// The inverse of line_of.
[[nodiscard]] ShapeOutline outline_of(std::string_view line);

}  // namespace equiripple
