// A plan as a graph: levels are columns, products and sums are nodes, what is read is an edge.
#pragma once

#include <string>

#include "emit/plan/program.hpp"

namespace equiripple {

inline constexpr std::size_t most_drawn_operations =
    600;  // chosen: a page wide, a screen or two high

/// An svg element for a page with chart_style() and plan_graph_style(). Programs of more
/// operations than most_drawn_operations are for a table: empty.
[[nodiscard]] std::string plan_graph(const Plan& plan);

[[nodiscard]] const std::string& plan_graph_style();

}  // namespace equiripple
