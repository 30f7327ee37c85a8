// The rows of the table of shapes, made by searching.
#pragma once

#include <string>
#include <vector>

#include "emit/plan/shape_table.hpp"

namespace equiripple {

/// What a row stands for: `line` is its lists.
struct SearchedRow {
  ShapeRequest request;
  int first_key_switches = 0;
  std::string line{};
};

/// In the order of the table.
[[nodiscard]] std::vector<ShapeRequest> tabled_requests();

/// Up to the third number of key switches at which there are shapes with slots: what suits no
/// coefficients of the first two is rare. Where there are none, an empty one.
[[nodiscard]] SearchedRow searched_row(const ShapeRequest& request);

}  // namespace equiripple
