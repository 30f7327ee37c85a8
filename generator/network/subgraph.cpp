// Parts of a graph: the edges that a path within a bound may take, and paths that count refreshes.
#include <algorithm>
#include <limits>

#include "generator/network/graph.hpp"
#include "generator/network/path.hpp"

namespace equiripple {
namespace {

// The least sum from the start to each node; infinite where none leads there.
std::vector<double> least_from_start(const NetworkGraph& graph, const std::vector<double>& costs) {
  std::vector<double> least(static_cast<std::size_t>(graph.nodes), no_limit);
  least.front() = 0;
  for (const NetworkEdge& edge : graph.edges) {
    double& at = least[static_cast<std::size_t>(edge.to)];
    at = std::min(at, least[static_cast<std::size_t>(edge.from)] +
                          costs[static_cast<std::size_t>(edge.move)]);
  }
  return least;
}

std::vector<double> costs_of(const NetworkGraph& graph, const MoveCost& cost) {
  std::vector<double> costs;
  for (const NetworkMove& move : graph.moves) costs.push_back(cost(move));
  return costs;
}

double error_in(const NetworkMove& move) { return move.error; }
double refreshes_in(const NetworkMove& move) { return move.bootstraps; }

// For each node, by how many refreshes beyond the fewest are made from there on: the least error.
class ErrorsToGoal {
 public:
  ErrorsToGoal(const NetworkGraph& graph, int most)
      : fewest_(least_to_goal(graph, refreshes_in)),
        first_(static_cast<std::size_t>(graph.nodes) + 1) {
    const auto so_far = least_from_start(graph, costs_of(graph, refreshes_in));
    for (std::size_t node = 0; node < fewest_.size(); ++node) {
      const double slack = most - so_far[node] - fewest_[node];
      first_[node + 1] =
          first_[node] + (slack >= 0 ? static_cast<std::size_t>(slack) + 1 : std::size_t{0});
    }
    least_.assign(first_.back(), no_limit);
    if (least_.empty()) return;
    for (std::size_t k = first_[fewest_.size() - 1]; k < first_.back(); ++k) least_[k] = 0;
    for (auto edge = graph.edges.rbegin(); edge != graph.edges.rend(); ++edge) {
      const NetworkMove& move = graph.move_of(*edge);
      const auto from = static_cast<std::size_t>(edge->from);
      for (std::size_t k = first_[from]; k < first_[from + 1]; ++k) {
        const int left = static_cast<int>(fewest_[from]) + static_cast<int>(k - first_[from]);
        least_[k] = std::min(least_[k], move.error + least(edge->to, left - move.bootstraps));
      }
    }
  }

  /// With at most so many refreshes from the node on; infinite where they do not suffice.
  double least(int node, int refreshes) const {
    const auto at = static_cast<std::size_t>(node);
    const double beyond = refreshes - fewest_[at];
    const std::size_t count = first_[at + 1] - first_[at];
    if (beyond < 0 || count == 0) return no_limit;
    return least_[first_[at] + std::min(static_cast<std::size_t>(beyond), count - 1)];
  }

 private:
  std::vector<double> fewest_;
  std::vector<std::size_t> first_;
  std::vector<double> least_;
};

// Edges leave the nodes in their order: a node's number in the new graph by its place in a list.
class Unrolled {
 public:
  Unrolled(const NetworkGraph& graph, int most, double most_error)
      : graph_(graph), most_(most), most_error_(most_error), to_goal_(graph, most) {}

  NetworkGraph built() {
    if (to_goal_.least(0, most_) > most_error_) return {};
    made_.moves = graph_.moves;
    copies_.resize(static_cast<std::size_t>(graph_.nodes));
    copies_.front() = {{.refreshes = 0, .error = 0, .node = made_.nodes++}};
    for (std::size_t first = 0; first < graph_.edges.size();) {
      std::size_t end = first;
      while (end < graph_.edges.size() && graph_.edges[end].from == graph_.edges[first].from) ++end;
      auto& own = copies_[static_cast<std::size_t>(graph_.edges[first].from)];
      for (const Copy& copy : own) {
        for (std::size_t k = first; k < end; ++k) follow(copy, graph_.edges[k]);
      }
      std::vector<Copy>().swap(own);
      first = end;
    }
    const int goal = made_.nodes++;  // the last
    for (NetworkEdge& edge : made_.edges) {
      if (edge.to < 0) edge.to = goal;
    }
    return std::move(made_);
  }

 private:
  struct Copy {  // of a node, for paths with so many refreshes
    int refreshes;
    double error;  // the least
    int node;
  };

  void follow(const Copy& copy, const NetworkEdge& edge) {
    const NetworkMove& move = graph_.move_of(edge);
    const int refreshes = copy.refreshes + move.bootstraps;
    const double error = copy.error + move.error;
    if (error + to_goal_.least(edge.to, most_ - refreshes) > most_error_) return;
    if (edge.to == graph_.nodes - 1) {
      made_.edges.push_back({copy.node, -1, edge.move});
      return;
    }
    auto& there = copies_[static_cast<std::size_t>(edge.to)];
    auto found = std::ranges::find(there, refreshes, &Copy::refreshes);
    if (found == there.end()) {
      there.push_back({.refreshes = refreshes, .error = error, .node = made_.nodes++});
      found = there.end() - 1;
    }
    found->error = std::min(found->error, error);
    made_.edges.push_back({copy.node, found->node, edge.move});
  }

  const NetworkGraph& graph_;
  int most_;
  double most_error_;
  ErrorsToGoal to_goal_;
  NetworkGraph made_;
  std::vector<std::vector<Copy>> copies_;
};

}  // namespace

NetworkGraph within(const NetworkGraph& graph, const MoveCost& cost, double most) {
  const std::vector<double> costs = costs_of(graph, cost);
  const std::vector<double> so_far = least_from_start(graph, costs);
  const std::vector<double> to_go = least_to_goal(graph, cost);
  NetworkGraph part;
  if (to_go.empty() || to_go.front() > most) return part;
  std::vector<int> numbers(static_cast<std::size_t>(graph.nodes), -1);
  const auto is_kept = [&](const NetworkEdge& edge) {
    return so_far[static_cast<std::size_t>(edge.from)] +
               costs[static_cast<std::size_t>(edge.move)] +
               to_go[static_cast<std::size_t>(edge.to)] <=
           most;
  };
  for (const NetworkEdge& edge : graph.edges) {
    if (!is_kept(edge)) continue;
    numbers[static_cast<std::size_t>(edge.from)] = 0;
    numbers[static_cast<std::size_t>(edge.to)] = 0;
  }
  for (int& number : numbers) {
    if (number == 0) number = part.nodes++;
  }
  for (const NetworkEdge& edge : graph.edges) {
    if (!is_kept(edge)) continue;
    part.edges.push_back({numbers[static_cast<std::size_t>(edge.from)],
                          numbers[static_cast<std::size_t>(edge.to)], edge.move});
  }
  part.moves = graph.moves;
  return part;
}

NetworkGraph with_refreshes(const NetworkGraph& graph, int most, double most_error) {
  const NetworkGraph few = within(graph, refreshes_in, most);
  const NetworkGraph small = within(few, error_in, most_error);
  if (small.nodes == 0) return {};
  return Unrolled(small, most, most_error).built();
}

}  // namespace equiripple
