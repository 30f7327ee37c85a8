// Best paths through a graph of schedules: undominated labels, and bounds that leave few of them.
#pragma once

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "generator/network/graph.hpp"

namespace equiripple {

inline constexpr double no_limit = std::numeric_limits<double>::infinity();

/// What paths are compared by: all of an order, the first that differs decides.
using PathOrder = std::array<double, 3>;

/// What a move adds. Sums must be exact, or equal paths may count as different: see gridded().
struct PathMeasure {
  MoveCost resource;
  std::function<PathOrder(const NetworkMove&)> order;
};

struct FoundPath {
  double resource = 0;
  PathOrder order{};
  std::vector<int> edges{};
};

struct PathSearch {
  PathMeasure measure;
  double most_resource = no_limit;
  /// Whether labels at this node may be left out: no path through them is needed.
  std::function<bool(int node, double resource, const PathOrder& order)> is_idle{};
  std::size_t most_labels = 4'000'000;  // chosen: some 200 MB
};

struct FoundPaths {
  bool is_complete = true;         // false: most_labels came first, and there is no path
  std::vector<FoundPath> paths{};  // undominated in resource and order: ascending resource
};

[[nodiscard]] FoundPaths undominated_paths(const NetworkGraph& graph, const PathSearch& search);

/// The path with the least sum of a number; none where there is no path.
[[nodiscard]] std::optional<FoundPath> least_path(const NetworkGraph& graph, const MoveCost& cost);

/// The least sum from each node to the goal; infinite where none leads there.
[[nodiscard]] std::vector<double> least_to_goal(const NetworkGraph& graph, const MoveCost& cost);

}  // namespace equiripple
