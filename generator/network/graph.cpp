// Layer by layer, from the states that can be reached.
#include "generator/network/graph.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace equiripple {
namespace {

// First the levels that are missing to the highest, so that a map goes down through the levels;
// then the refreshes of the layer so far, where its error depends on them; then the live values.
using State = std::vector<int>;
using States = std::map<State, int>;  // the node of each

class Builder {
 public:
  Builder(const NetworkProblem& problem, double error_grid)
      : problem_(problem),
        error_grid_(error_grid),
        highest_(std::max(problem.chain.levels, problem.chain.start_levels)) {
    const std::size_t values = problem.layers.size() + 1;
    last_use_.assign(values, -1);
    for (std::size_t l = 0; l < problem.layers.size(); ++l) {
      for (const int value : problem.layers[l].inputs) {
        last_use_[static_cast<std::size_t>(value)] = static_cast<int>(l);
      }
    }
  }

  NetworkGraph build() {
    std::map<State, int> live;  // levels of the live values, ascending values
    values_ = {0};
    live[{problem_.chain.start_levels}] = graph_.nodes++;
    for (std::size_t l = 0; l < problem_.layers.size(); ++l) {
      index_ = static_cast<int>(l);
      layer_ = &problem_.layers[l];
      moves_.clear();
      live = through_layer(live);
      if (live.empty()) {
        graph_.blocked_layer = index_;
        return std::move(graph_);
      }
    }
    const int goal = graph_.nodes++;
    for (const auto& [state, node] : live) add(node, goal);
    return std::move(graph_);
  }

 private:
  int level_of(const State& state) const { return highest_ - state[0]; }

  void add(int from, int to, const NetworkMove& move = {}) {
    const auto [entry, is_new] = moves_.try_emplace(key_of(move), graph_.moves.size());
    if (is_new) graph_.moves.push_back(move);
    graph_.edges.push_back({from, to, static_cast<int>(entry->second)});
  }

  // Within a layer; all else follows from it.
  static std::array<int, 5> key_of(const NetworkMove& move) {
    const LayerDecision& decision = move.decision;
    return {static_cast<int>(move.step), decision.candidate, decision.output_level,
            decision.inside_after, decision.refreshes_input ? 1 : 0};
  }

  int node_of(States& states, const State& state) {
    const auto [entry, is_new] = states.try_emplace(state, graph_.nodes);
    if (is_new) ++graph_.nodes;
    return entry->second;
  }

  bool counts_refreshes() const {
    return layer_->refresh_error > 0 && std::isfinite(layer_->most_error);
  }

  // What the layer takes, and which values stay.
  States joined(const std::map<State, int>& live) {
    States states;
    std::vector<int> kept;
    for (const int value : values_) {
      if (last_use_[static_cast<std::size_t>(value)] > index_) kept.push_back(value);
    }
    for (const auto& [levels, node] : live) {
      State state = {0, 0};
      int level = highest_;
      for (std::size_t k = 0; k < values_.size(); ++k) {
        const bool is_input = std::ranges::find(layer_->inputs, values_[k]) != layer_->inputs.end();
        if (is_input) level = std::min(level, levels[k]);
        if (last_use_[static_cast<std::size_t>(values_[k])] > index_) state.push_back(levels[k]);
      }
      state[0] = highest_ - level;
      add(node, node_of(states, state));
    }
    values_ = kept;
    return states;
  }

  // On, as it is or refreshed.
  States maybe_refreshed(const States& states, NetworkStep step) {
    States next;
    for (const auto& [state, node] : states) {
      add(node, node_of(next, state));
      if (level_of(state) < problem_.chain.refresh_from) continue;
      State lifted = state;
      lifted[0] = highest_ - problem_.chain.levels;
      if (counts_refreshes()) ++lifted[1];
      add(node, node_of(next, lifted),
          {.latency = problem_.chain.refresh_time,
           .error = error_of_refresh(),
           .bootstraps = 1,
           .step = step});
    }
    return next;
  }

  States after_linear(const States& states) {
    States next;
    for (const auto& [state, node] : states) {
      if (level_of(state) < layer_->linear_levels) continue;
      State lower = state;
      lower[0] += layer_->linear_levels;
      add(node, node_of(next, lower),
          {.latency = layer_->linear_time,
           .levels = layer_->linear_levels,
           .step = NetworkStep::linear});
    }
    return next;
  }

  double error_of(const NetworkCandidate& candidate) const {
    return rounded_up(layer_->weight * candidate.error, error_grid_);
  }
  double error_of_refresh() const {
    return rounded_up(layer_->weight * layer_->refresh_error, error_grid_);
  }

  bool is_within(const NetworkCandidate& candidate, int refreshes) const {
    return candidate.error + refreshes * layer_->refresh_error <= layer_->most_error;
  }

  void arrive(std::map<State, int>& live, const State& from, int node, NetworkMove move) {
    State levels(from.begin() + 2, from.end());
    const bool stays = last_use_[static_cast<std::size_t>(index_) + 1] > index_;
    if (stays) levels.push_back(move.decision.output_level);
    move.step = NetworkStep::activation;
    add(node, node_of(live, levels), move);
  }

  void through_candidate(std::map<State, int>& live, const State& state, int node, int number) {
    const NetworkCandidate& candidate = layer_->candidates[static_cast<std::size_t>(number)];
    const int level = level_of(state);
    const int levels = candidate.levels();
    const bool stays = last_use_[static_cast<std::size_t>(index_) + 1] > index_;
    // A value that nothing takes may as well end at the bottom.
    const bool is_fixed = candidate.refreshed_after > 0;
    if (!is_fixed && level >= levels && (stays || level == levels) &&
        is_within(candidate, state[1])) {
      arrive(live, state, node,
             {.latency = candidate.latency(0, candidate.stages.size(), level - levels),
              .error = error_of(candidate),
              .levels = levels,
              .decision = {.candidate = number, .output_level = level - levels}});
    }
    if (!is_fixed && (!problem_.chain.inside || !candidate.can_be_refreshed_inside)) return;
    const std::size_t stages = candidate.stages.size();
    int before = 0;
    for (std::size_t cut = 1; cut < stages; ++cut) {
      before += candidate.stages[cut - 1].levels;
      const int after = levels - before;
      const int need = problem_.chain.refresh_from + before;
      if (level < need) break;
      if (is_fixed && cut != static_cast<std::size_t>(candidate.refreshed_after)) continue;
      for (int left = 0; left <= (stays ? problem_.chain.levels - after : 0); ++left) {
        if (after + left > problem_.chain.levels) break;
        const int x_needs = candidate.multiplies_input ? left + candidate.stages.back().levels : 0;
        // Only from the lowest level that will do: higher ones are dropped to it.
        for (const bool also_x : {false, true}) {
          if (also_x && (is_fixed || x_needs <= need)) continue;
          if (level != (also_x ? need : std::max(need, x_needs))) continue;
          const LayerDecision decision{.candidate = number,
                                       .inside_after = static_cast<int>(cut),
                                       .refreshes_input = also_x,
                                       .output_level = left};
          const int beside = refreshes_beside(candidate, decision);
          if (!is_within(candidate, state[1] + (counts_refreshes() ? beside : 0))) {
            continue;
          }
          const int count = decision.refreshes();
          arrive(live, state, node,
                 {.latency = candidate.latency(0, cut, problem_.chain.refresh_from) +
                             candidate.latency(cut, stages, left) +
                             count * problem_.chain.refresh_time,
                  .error = error_of(candidate) + beside * error_of_refresh(),
                  .bootstraps = count,
                  .levels = levels,
                  .decision = decision});
        }
      }
    }
  }

  std::map<State, int> through_layer(const std::map<State, int>& live) {
    States states = joined(live);
    states = maybe_refreshed(states, NetworkStep::before_linear);
    states = after_linear(states);
    states = maybe_refreshed(states, NetworkStep::before_activation);
    std::map<State, int> next;
    for (auto at = states.begin(); at != states.end(); ++at) {  // grows on the way, ahead of `at`
      const State state = at->first;
      const int node = at->second;
      if (level_of(state) > 0) {
        State lower = state;
        ++lower[0];
        add(node, node_of(states, lower));
      }
      for (std::size_t c = 0; c < layer_->candidates.size(); ++c) {
        through_candidate(next, state, node, static_cast<int>(c));
      }
    }
    if (last_use_[static_cast<std::size_t>(index_) + 1] > index_) values_.push_back(index_ + 1);
    return next;
  }

  const NetworkProblem& problem_;
  double error_grid_;
  int highest_;
  std::vector<int> last_use_;  // the last layer that takes each value
  std::vector<int> values_;    // that are live, ascending
  int index_ = 0;
  const NetworkLayer* layer_ = nullptr;
  NetworkGraph graph_;
  std::map<std::array<int, 5>, std::size_t> moves_;  // of the layer
};

}  // namespace

int NetworkCandidate::levels() const {
  int sum = 0;
  for (const NetworkStage& stage : stages) sum += stage.levels;
  return sum;
}

double NetworkCandidate::latency(std::size_t first, std::size_t end, int levels_left) const {
  double sum = 0;
  int left = levels_left;
  for (std::size_t i = end; i-- > first;) {
    const std::vector<double>& costs = stages[i].latency;
    if (!costs.empty()) sum += costs[std::min(static_cast<std::size_t>(left), costs.size() - 1)];
    left += stages[i].levels;
  }
  return sum;
}

NetworkGraph graph_of(const NetworkProblem& problem, double error_grid) {
  return Builder(problem, error_grid).build();
}

double rounded_up(double value, double grid) { return std::ceil(value / grid) * grid; }

NetworkSchedule schedule_of(const NetworkGraph& graph, const std::vector<int>& path) {
  NetworkSchedule schedule;
  LayerDecision open;
  for (const int number : path) {
    const NetworkMove& move = graph.move_of(graph.edges[static_cast<std::size_t>(number)]);
    schedule.totals.bootstraps += move.bootstraps;
    schedule.totals.latency += move.latency;
    schedule.totals.error += move.error;
    schedule.totals.levels += move.levels;
    if (move.step == NetworkStep::before_linear) open.before_linear = true;
    if (move.step == NetworkStep::before_activation) open.before_activation = true;
    if (move.step != NetworkStep::activation) continue;
    LayerDecision decision = move.decision;
    decision.before_linear = open.before_linear;
    decision.before_activation = open.before_activation;
    schedule.layers.push_back(decision);
    open = {};
  }
  return schedule;
}

}  // namespace equiripple
