// Outlines of the shapes with the fewest key switches, found once: shapes depend on the degree, the
// class and the levels, not on coefficients.
#pragma once

#include <optional>
#include <span>

#include "emit/plan/shape_search.hpp"

namespace equiripple {

/// What the searches say for the numbers of key switches from the first at which there is
/// anything. A line parts those by "|", the lists of one number by ";" (those of shape_options,
/// then the free ones), the outlines of a list by ","; a list "=" is the one before.
struct ShapeRow {
  SeriesClass series_class = SeriesClass::dense;
  int degree = 0;
  int levels = 0;
  bool leading_in_x = false;
  int first_key_switches = 0;
  const char* lists = "";
};

inline constexpr int tabled_spare_levels = 2;  // as many as make_plan tries

/// Of every class and degree to highest_searched_degree, at its fewest levels and
/// tabled_spare_levels more (shape_table.cpp, which tools/profiles writes); sorted.
[[nodiscard]] std::span<const ShapeRow> tabled_shapes();

struct TabledShapes {
  ShapesByOption by_option{};
  /// Those for which scalars were found, of one slowly decreasing series; none of dense series,
  /// which are not asked for them.
  std::vector<ShapeOutline> free{};

  bool operator==(const TabledShapes& other) const = default;
};

/// Empty lists below the first number of key switches; none where the table ends.
[[nodiscard]] std::optional<TabledShapes> find_shapes(const ShapeRequest& request,
                                                      int key_switches);

/// The shapes of the table, and of the search beyond it: for each of shape_options.
[[nodiscard]] std::array<std::vector<Shape>, shape_options.size()> shapes_of(
    const ShapeRequest& request, int key_switches);

/// Likewise the free shapes.
[[nodiscard]] std::vector<Shape> free_shapes_of(const ShapeRequest& request, int key_switches);

}  // namespace equiripple
