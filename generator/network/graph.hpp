// All schedules of a network as the paths of a graph without cycles.
//
// A node is a point of the way through a layer with the levels of all values that later layers
// join; edges carry what a step costs. A node's incoming edges all stand before its outgoing ones,
// and the outgoing ones of a node together.
#pragma once

#include <functional>
#include <vector>

#include "generator/network/problem.hpp"

namespace equiripple {

enum class NetworkStep : unsigned char {
  pass,           // what costs nothing: a join, a level dropped
  before_linear,  // a refresh
  linear,
  before_activation,  // a refresh
  activation,
};

/// What is done along edges: few things, by many edges.
struct NetworkMove {
  double latency = 0;
  double error = 0;  // weighted
  int bootstraps = 0;
  int levels = 0;
  NetworkStep step = NetworkStep::pass;
  LayerDecision decision{};  // of an activation

  bool operator==(const NetworkMove& other) const = default;
};

struct NetworkEdge {
  int from = 0;
  int to = 0;
  int move = 0;
};

struct NetworkGraph {
  int nodes = 0;  // numbered from 0; the first is the start, the last the goal
  std::vector<NetworkEdge> edges{};
  std::vector<NetworkMove> moves{};
  int blocked_layer = -1;  // that no path gets through; then there is no goal

  [[nodiscard]] const NetworkMove& move_of(const NetworkEdge& edge) const {
    return moves[static_cast<std::size_t>(edge.move)];
  }
};

using MoveCost = std::function<double(const NetworkMove&)>;

/// Weighted errors and refresh errors are each rounded up to multiples of `error_grid`.
[[nodiscard]] NetworkGraph graph_of(const NetworkProblem& problem, double error_grid);

/// The least multiple of the grid that is at least the value.
[[nodiscard]] double rounded_up(double value, double grid);

/// The edges that some path with a sum of at most `most` takes, and their nodes. Costs are at least
/// 0; empty, without nodes, where there is no such path.
[[nodiscard]] NetworkGraph within(const NetworkGraph& graph, const MoveCost& cost, double most);

/// The paths with at most so many refreshes and at most so large an error; empty, without nodes,
/// where there is none.
[[nodiscard]] NetworkGraph with_refreshes(const NetworkGraph& graph, int most, double most_error);

/// The decisions along edges from start to goal.
[[nodiscard]] NetworkSchedule schedule_of(const NetworkGraph& graph, const std::vector<int>& path);

}  // namespace equiripple
