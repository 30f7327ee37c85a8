// The best schedule: labels alone where one number decides or refreshes are counted, and bounds by
// Lagrange multipliers where latency is weighed against a budget of error.
//
// All latencies and errors are rounded up to multiples of one small power of 2 each, so that sums
// are exact and equal sums are equal; totals are those of the replay, without rounding.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "generator/network/graph.hpp"
#include "generator/network/path.hpp"
#include "generator/network/problem.hpp"
#include "generator/network/replay.hpp"

namespace equiripple {
namespace {

constexpr int grid_bits = 46;  // of the largest sum: what binary64 holds, and room for sums

double grid_for(double largest) {
  return largest > 0 ? std::ldexp(1.0, std::ilogb(largest) + 1 - grid_bits) : 1.0;
}

void check(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check(const NetworkProblem& problem) {
  const NetworkChain& chain = problem.chain;
  check(chain.levels >= 0 && chain.start_levels >= 0, "levels are at least 0");
  check(chain.refresh_from >= 0 && chain.refresh_time >= 0, "a refresh costs at least 0");
  check(!problem.error_budget || !problem.level_budget, "one budget at a time");
  int index = 0;
  for (const NetworkLayer& layer : problem.layers) {
    check(layer.linear_levels >= 0 && layer.linear_time >= 0, "a linear part costs at least 0");
    check(layer.weight >= 0 && layer.refresh_error >= 0, "weights and errors are at least 0");
    check(!layer.inputs.empty(), "a layer has an input");
    for (const int value : layer.inputs) {
      check(value >= 0 && value <= index, "inputs are made before the layer that takes them");
    }
    for (const NetworkCandidate& one : layer.candidates) check(one.error >= 0, "an error is >= 0");
    ++index;
  }
}

// That no sum of weighted errors exceeds; beyond the budget all are the same.
double error_grid(const NetworkProblem& problem) {
  constexpr int most_refreshes = 4;  // of a layer
  double sum = 0;
  for (const NetworkLayer& layer : problem.layers) {
    double largest = 0;
    for (const NetworkCandidate& one : layer.candidates) largest = std::max(largest, one.error);
    sum += layer.weight * (largest + most_refreshes * layer.refresh_error);
  }
  const auto& budget = problem.error_budget;
  return grid_for(budget && *budget > 0 ? std::min(sum, 4 * *budget) : sum);
}

NetworkProblem with_gridded_latencies(NetworkProblem problem) {
  constexpr double most_refreshes = 4;
  double sum = 0;
  for (const NetworkLayer& layer : problem.layers) {
    double largest = 0;
    for (const NetworkCandidate& one : layer.candidates) {
      double latency = 0;
      for (const NetworkStage& stage : one.stages) {
        if (!stage.latency.empty()) latency += *std::ranges::max_element(stage.latency);
      }
      largest = std::max(largest, latency);
    }
    sum += layer.linear_time + largest + most_refreshes * problem.chain.refresh_time;
  }
  const double grid = grid_for(sum);
  problem.chain.refresh_time = rounded_up(problem.chain.refresh_time, grid);
  for (NetworkLayer& layer : problem.layers) {
    layer.linear_time = rounded_up(layer.linear_time, grid);
    for (NetworkCandidate& one : layer.candidates) {
      for (NetworkStage& stage : one.stages) {
        for (double& latency : stage.latency) latency = rounded_up(latency, grid);
      }
    }
  }
  return problem;
}

double error_in(const NetworkMove& move) { return move.error; }
double nothing_in(const NetworkMove&) { return 0; }

PathOrder objective_order(NetworkObjective objective, const NetworkMove& move) {
  const double refreshes = move.bootstraps;
  if (objective == NetworkObjective::latency) return {move.latency, refreshes, 0};
  return {refreshes, move.latency, 0};
}

class Optimiser {
 public:
  explicit Optimiser(const NetworkProblem& problem)
      : problem_(problem), graph_(graph_of(with_gridded_latencies(problem), error_grid(problem))) {}

  NetworkResult best() {
    NetworkResult result;
    if (graph_.blocked_layer >= 0) {
      result.status = NetworkStatus::blocked;
      result.blocked_layer = graph_.blocked_layer;
      return result;
    }
    if (problem_.level_budget) return within_levels();
    if (problem_.error_budget) return within_error(*problem_.error_budget);
    const FoundPaths found =
        undominated_paths(graph_, {.measure = {.resource = nothing_in, .order = order()}});
    return made(NetworkStatus::optimal, graph_, found.paths.front().edges);
  }

  std::vector<NetworkSchedule> front() {
    if (graph_.blocked_layer >= 0) return {};
    return problem_.objective == NetworkObjective::bootstraps ? front_of_bootstraps()
                                                              : hull_of_latency();
  }

 private:
  std::function<PathOrder(const NetworkMove&)> order() const {
    return [objective = problem_.objective](const NetworkMove& move) {
      return objective_order(objective, move);
    };
  }

  // Totals as the simulator counts them: a second way, which must agree.
  NetworkResult made(NetworkStatus status, const NetworkGraph& graph,
                     const std::vector<int>& path) const {
    NetworkResult result{.status = status, .schedule = schedule_of(graph, path)};
    const Replay replayed = replay(problem_, result.schedule.layers);
    if (replayed.fault != ReplayFault::none ||
        replayed.totals.bootstraps != result.schedule.totals.bootstraps) {
      throw std::logic_error("a schedule that its replay refuses");
    }
    result.schedule.totals = replayed.totals;
    return result;
  }

  NetworkResult within_levels() {
    const auto levels = [](const NetworkMove& move) { return static_cast<double>(move.levels); };
    const PathSearch search{.measure = {.resource = levels,
                                        .order = [this](const NetworkMove& move) -> PathOrder {
                                          const PathOrder rest =
                                              objective_order(problem_.objective, move);
                                          return {move.error, rest[0], rest[1]};
                                        }},
                            .most_resource = static_cast<double>(*problem_.level_budget)};
    const FoundPaths found = undominated_paths(graph_, search);
    if (found.paths.empty()) {
      return made(NetworkStatus::over_budget, graph_, least_path(graph_, levels)->edges);
    }
    return made(NetworkStatus::optimal, graph_, found.paths.back().edges);
  }

  NetworkResult within_error(double budget) {
    const FoundPath least_error = *least_path(graph_, error_in);
    const double least = least_error.order[0];
    // The grid rounds up: what meets the budget exactly is let through, and the replay judges.
    if (least > budget) return made(NetworkStatus::over_budget, graph_, least_error.edges);
    if (problem_.objective == NetworkObjective::latency) return least_latency(graph_, budget);
    const PathSearch counting{.measure = {.resource = error_in,
                                          .order = [](const NetworkMove& move) -> PathOrder {
                                            return {static_cast<double>(move.bootstraps), 0, 0};
                                          }},
                              .most_resource = budget};
    const FoundPaths counted = undominated_paths(graph_, counting);
    const int fewest = static_cast<int>(counted.paths.back().order[0]);
    return least_latency(with_refreshes(graph_, fewest, budget), budget);
  }

  // lambda is latency paid for each unit of error: its least paths bound all others from below, and
  // those that meet the budget from above. Labels between the two are looked at.
  struct Sums {
    double latency = 0;
    double error = 0;
    std::vector<int> edges{};
  };
  static Sums least_with(const NetworkGraph& graph, double lambda) {
    const FoundPath path = *least_path(
        graph, [lambda](const NetworkMove& move) { return move.latency + lambda * move.error; });
    Sums sums{.edges = path.edges};
    for (const int number : path.edges) {
      const NetworkMove& move = graph.move_of(graph.edges[static_cast<std::size_t>(number)]);
      sums.latency += move.latency;
      sums.error += move.error;
    }
    return sums;
  }

  NetworkResult least_latency(const NetworkGraph& graph, double budget) {
    Sums dear = least_with(graph, 0);
    if (dear.error <= budget) return finished(graph, budget, dear.latency, 0, dear.edges);
    const FoundPath exact = *least_path(graph, error_in);
    Sums within{.edges = exact.edges};
    for (const int number : exact.edges) {
      const NetworkMove& move = graph.move_of(graph.edges[static_cast<std::size_t>(number)]);
      within.latency += move.latency;
      within.error += move.error;
    }
    double lambda = 0;
    constexpr int most_steps = 60;  // chosen: each is a pass; they end when no path is between
    for (int step = 0; step < most_steps; ++step) {
      lambda = std::max(0.0, (within.latency - dear.latency) / (dear.error - within.error));
      Sums between = least_with(graph, lambda);
      const double gain =
          (within.latency + lambda * within.error) - (between.latency + lambda * between.error);
      if (gain <= 1e-12 * (within.latency + lambda * within.error)) break;
      (between.error <= budget ? within : dear) = std::move(between);
    }
    return finished(graph, budget, within.latency, lambda, within.edges);
  }

  // Only edges that a path within both bounds may take are left for the labels.
  NetworkResult finished(const NetworkGraph& whole, double budget, double known, double lambda,
                         const std::vector<int>& path) {
    const MoveCost both = [lambda](const NetworkMove& move) {
      return move.latency + lambda * move.error;
    };
    const double most = (known + lambda * budget) * (1 + 1e-12);
    const NetworkGraph graph =
        equiripple::within(equiripple::within(whole, both, most * (1 + 1e-12)), error_in, budget);
    if (graph.nodes == 0) throw std::logic_error("a path that its own bounds refuse");
    const auto to_goal = least_to_goal(graph, both);
    PathSearch search{.measure = {.resource = error_in,
                                  .order = [](const NetworkMove& move) -> PathOrder {
                                    return {move.latency, static_cast<double>(move.bootstraps), 0};
                                  }},
                      .most_resource = budget};
    search.is_idle = [&](int node, double error, const PathOrder& order) {
      return order[0] + lambda * error + to_goal[static_cast<std::size_t>(node)] > most;
    };
    const FoundPaths found = undominated_paths(graph, search);
    if (!found.is_complete) return made(NetworkStatus::label_limit, whole, path);
    return made(NetworkStatus::optimal, graph, found.paths.back().edges);
  }

  std::vector<NetworkSchedule> front_of_bootstraps() {
    const PathSearch search{.measure = {.resource =
                                            [](const NetworkMove& move) {
                                              return static_cast<double>(move.bootstraps);
                                            },
                                        .order = [](const NetworkMove& move) -> PathOrder {
                                          return {move.error, move.latency, 0};
                                        }}};
    std::vector<NetworkSchedule> front;
    double least = no_limit;
    for (const FoundPath& path : undominated_paths(graph_, search).paths) {
      if (!(path.order[0] < least)) continue;  // less latency alone
      least = path.order[0];
      front.push_back(made(NetworkStatus::optimal, graph_, path.edges).schedule);
    }
    return front;
  }

  void between(const Sums& dear, const Sums& exact, std::vector<Sums>& found) {
    constexpr std::size_t most_points = 400;  // chosen: a page of them
    if (found.size() > most_points || dear.error <= exact.error) return;
    const double lambda = (exact.latency - dear.latency) / (dear.error - exact.error);
    if (!(lambda > 0)) return;
    const Sums middle = least_with(graph_, lambda);
    const double line = exact.latency + lambda * exact.error;
    if (line - (middle.latency + lambda * middle.error) <= 1e-10 * line) return;
    between(dear, middle, found);
    found.push_back(middle);
    between(middle, exact, found);
  }

  std::vector<NetworkSchedule> hull_of_latency() {
    const auto extreme = [&](bool by_error) {
      const PathSearch search{
          .measure = {.resource = nothing_in,
                      .order = [by_error](const NetworkMove& move) -> PathOrder {
                        if (by_error) return {move.error, move.latency, 0};
                        return {move.latency, move.error, 0};
                      }}};
      Sums sums{.edges = undominated_paths(graph_, search).paths.front().edges};
      for (const int number : sums.edges) {
        const NetworkMove& move = graph_.move_of(graph_.edges[static_cast<std::size_t>(number)]);
        sums.latency += move.latency;
        sums.error += move.error;
      }
      return sums;
    };
    std::vector<Sums> found = {extreme(false)};
    const Sums exact = extreme(true);
    const Sums first = found.front();
    between(first, exact, found);
    if (exact.error < first.error) found.push_back(exact);
    std::vector<NetworkSchedule> front;
    for (const Sums& one : found) {
      front.push_back(made(NetworkStatus::optimal, graph_, one.edges).schedule);
    }
    return front;
  }

  const NetworkProblem& problem_;
  NetworkGraph graph_;
};

}  // namespace

NetworkResult optimise(const NetworkProblem& problem) {
  check(problem);
  return Optimiser(problem).best();
}

std::vector<NetworkSchedule> network_front(const NetworkProblem& problem) {
  check(problem);
  NetworkProblem free = problem;
  free.error_budget.reset();
  free.level_budget.reset();
  return Optimiser(free).front();
}

}  // namespace equiripple
