// One pass along the edges: when a node's first outgoing edge comes, all that leads to it is known.
#include "generator/network/path.hpp"

#include <algorithm>
#include <tuple>

namespace equiripple {
namespace {

struct Label {
  double resource = 0;
  PathOrder order{};
  int parent = -1;  // a label that is kept
  int edge = -1;
};

std::vector<int> edges_to(const std::vector<Label>& labels, int at) {
  std::vector<int> edges;
  for (; at >= 0 && labels[static_cast<std::size_t>(at)].edge >= 0;
       at = labels[static_cast<std::size_t>(at)].parent) {
    edges.push_back(labels[static_cast<std::size_t>(at)].edge);
  }
  std::ranges::reverse(edges);
  return edges;
}

// Ascending resource, falling order; of equals the first that came stays.
std::vector<Label> undominated(std::vector<Label> labels) {
  std::ranges::stable_sort(
      labels, {}, [](const Label& label) { return std::tuple(label.resource, label.order); });
  std::vector<Label> kept;
  for (const Label& label : labels) {
    if (kept.empty() || label.order < kept.back().order) kept.push_back(label);
  }
  return kept;
}

// Where memory would grow, those that are dominated go first.
void add(std::vector<Label>& labels, const Label& label) {
  constexpr std::size_t many = 64;  // chosen
  if (labels.size() == labels.capacity() && labels.size() >= many) {
    labels = undominated(std::move(labels));
    labels.reserve(std::max(many, 2 * labels.size()));
  }
  labels.push_back(label);
}

PathOrder sum(PathOrder a, const PathOrder& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

}  // namespace

FoundPaths undominated_paths(const NetworkGraph& graph, const PathSearch& search) {
  const auto to_go = least_to_goal(graph, search.measure.resource);
  std::vector<double> resources;
  std::vector<PathOrder> orders;
  for (const NetworkMove& move : graph.moves) {
    resources.push_back(search.measure.resource(move));
    orders.push_back(search.measure.order(move));
  }
  std::vector<std::vector<Label>> arriving(static_cast<std::size_t>(graph.nodes));
  std::vector<Label> kept;
  arriving.front().push_back({});
  const auto keep = [&](int node) {
    auto& own = arriving[static_cast<std::size_t>(node)];
    const std::size_t first = kept.size();
    for (Label& label : undominated(std::move(own))) kept.push_back(label);
    own = {};  // its memory as well
    return first;
  };
  for (std::size_t edge = 0; edge < graph.edges.size();) {
    const int from = graph.edges[edge].from;
    const std::size_t first = keep(from);
    const std::size_t last = kept.size();
    for (; edge < graph.edges.size() && graph.edges[edge].from == from; ++edge) {
      const NetworkEdge& step = graph.edges[edge];
      const double resource = resources[static_cast<std::size_t>(step.move)];
      const PathOrder& order = orders[static_cast<std::size_t>(step.move)];
      const auto to = static_cast<std::size_t>(step.to);
      for (std::size_t k = first; k < last; ++k) {
        const Label next{.resource = kept[k].resource + resource,
                         .order = sum(kept[k].order, order),
                         .parent = static_cast<int>(k),
                         .edge = static_cast<int>(edge)};
        if (next.resource + to_go[to] > search.most_resource || to_go[to] == no_limit) continue;
        if (search.is_idle && search.is_idle(step.to, next.resource, next.order)) continue;
        add(arriving[to], next);
      }
    }
    if (kept.size() > search.most_labels) return {.is_complete = false};
  }
  const std::size_t first = keep(graph.nodes - 1);
  FoundPaths found;
  for (std::size_t k = first; k < kept.size(); ++k) {
    found.paths.push_back({.resource = kept[k].resource,
                           .order = kept[k].order,
                           .edges = edges_to(kept, static_cast<int>(k))});
  }
  return found;
}

std::optional<FoundPath> least_path(const NetworkGraph& graph, const MoveCost& cost) {
  const auto to_go = least_to_goal(graph, cost);
  if (to_go.empty() || to_go.front() == no_limit) return std::nullopt;
  FoundPath path{.order = {to_go.front(), 0, 0}};
  int node = 0;
  for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
    const NetworkEdge& step = graph.edges[edge];
    if (step.from != node) continue;
    const double rest = to_go[static_cast<std::size_t>(step.to)];
    // The same sum as the one that least_to_goal took.
    if (rest == no_limit ||
        cost(graph.move_of(step)) + rest != to_go[static_cast<std::size_t>(node)])
      continue;
    path.edges.push_back(static_cast<int>(edge));
    node = step.to;
  }
  return path;
}

std::vector<double> least_to_goal(const NetworkGraph& graph, const MoveCost& cost) {
  std::vector<double> least(static_cast<std::size_t>(graph.nodes), no_limit);
  if (least.empty()) return least;
  least.back() = 0;
  std::vector<double> costs;
  for (const NetworkMove& move : graph.moves) costs.push_back(cost(move));
  for (auto edge = graph.edges.rbegin(); edge != graph.edges.rend(); ++edge) {
    double& at = least[static_cast<std::size_t>(edge->from)];
    at = std::min(at, costs[static_cast<std::size_t>(edge->move)] +
                          least[static_cast<std::size_t>(edge->to)]);
  }
  return least;
}

}  // namespace equiripple
