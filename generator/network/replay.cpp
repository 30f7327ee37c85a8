// Ciphertexts as their levels: each step takes what it takes, and nothing is looked up in the graph
// that the search walks.
#include "generator/network/replay.hpp"

#include <algorithm>

namespace equiripple {
namespace {

class Machine {
 public:
  Machine(const NetworkProblem& problem, Replay& replay) : problem_(problem), replay_(replay) {
    values_.push_back(problem.chain.start_levels);
  }

  // False at the first fault.
  bool run(int index, const LayerDecision& decision) {
    layer_ = &problem_.layers[static_cast<std::size_t>(index)];
    replay_.layer = index;
    if (decision.candidate < 0 ||
        decision.candidate >= static_cast<int>(layer_->candidates.size())) {
      return fault(ReplayFault::wrong_shape);
    }
    candidate_ = &layer_->candidates[static_cast<std::size_t>(decision.candidate)];
    Replay::Levels levels;
    int at = problem_.chain.levels + problem_.chain.start_levels;
    for (const int input : layer_->inputs) {
      at = std::min(at, values_.at(static_cast<std::size_t>(input)));
    }
    levels.input = at;
    if (decision.before_linear && !refresh(at)) return false;
    levels.before_linear = at;
    at -= layer_->linear_levels;
    if (at < 0) return fault(ReplayFault::out_of_levels);
    replay_.totals.latency += layer_->linear_time;
    replay_.totals.levels += layer_->linear_levels;
    levels.after_linear = at;
    if (decision.before_activation && !refresh(at)) return false;
    levels.before_activation = at;
    if (!activate(at, decision)) return false;
    levels.output = decision.output_level;
    replay_.levels.push_back(levels);
    const double error =
        candidate_->error + refreshes_beside(*candidate_, decision) * layer_->refresh_error;
    if (error > layer_->most_error) return fault(ReplayFault::error_of_layer);
    replay_.totals.error += layer_->weight * error;
    values_.push_back(decision.output_level);
    replay_.layer = -1;
    return true;
  }

 private:
  bool fault(ReplayFault what) {
    replay_.fault = what;
    return false;
  }

  bool refresh(int& level) {
    if (level < problem_.chain.refresh_from) return fault(ReplayFault::refresh_below);
    level = problem_.chain.levels;
    ++replay_.totals.bootstraps;
    replay_.totals.latency += problem_.chain.refresh_time;
    return true;
  }

  // y starts as a copy of x. Before each part it is dropped as far as the part allows.
  bool activate(int x, const LayerDecision& decision) {
    const auto& stages = candidate_->stages;
    const int count = static_cast<int>(stages.size());
    const int cut = decision.inside_after;
    const int fixed = candidate_->refreshed_after;
    const bool may_be = fixed > 0 || (problem_.chain.inside && candidate_->can_be_refreshed_inside);
    if (cut < 0 || (cut > 0 && (cut >= count || !may_be)) || (fixed > 0 && cut != fixed)) {
      return fault(ReplayFault::refresh_inside);
    }
    if (decision.refreshes_input && (cut == 0 || fixed > 0 || !candidate_->multiplies_input)) {
      return fault(ReplayFault::refresh_inside);
    }
    int y = x;
    if (cut > 0) {
      int spent = 0;
      for (int i = 0; i < cut; ++i) spent += stages[static_cast<std::size_t>(i)].levels;
      const int wanted = problem_.chain.refresh_from + spent;
      if (y < wanted) return fault(ReplayFault::out_of_levels);
      y = wanted;
    }
    int needed_from_here = decision.output_level;
    for (int i = cut; i < count; ++i)
      needed_from_here += stages[static_cast<std::size_t>(i)].levels;
    for (int i = 0; i < count; ++i) {
      const NetworkStage& stage = stages[static_cast<std::size_t>(i)];
      if (i == cut && cut > 0) {
        if (!refresh(y)) return false;
        if (decision.refreshes_input && !refresh(x)) return false;
      }
      if (i == cut) {
        if (y < needed_from_here) return fault(ReplayFault::out_of_levels);
        y = needed_from_here;
      }
      if (i == count - 1 && candidate_->multiplies_input && x < y) {
        return fault(ReplayFault::out_of_levels);
      }
      y -= stage.levels;
      if (y < 0) return fault(ReplayFault::out_of_levels);
      replay_.totals.levels += stage.levels;
      if (!stage.latency.empty()) {
        const std::size_t left = std::min(static_cast<std::size_t>(y), stage.latency.size() - 1);
        replay_.totals.latency += stage.latency[left];
      }
    }
    if (count == 0 && x < decision.output_level) return fault(ReplayFault::out_of_levels);
    return decision.output_level >= 0 || fault(ReplayFault::out_of_levels);
  }

  const NetworkProblem& problem_;
  Replay& replay_;
  std::vector<int> values_;  // the level of each value
  const NetworkLayer* layer_ = nullptr;
  const NetworkCandidate* candidate_ = nullptr;
};

}  // namespace

Replay replay(const NetworkProblem& problem, const std::vector<LayerDecision>& decisions) {
  Replay result;
  if (decisions.size() != problem.layers.size()) {
    result.fault = ReplayFault::wrong_shape;
    return result;
  }
  Machine machine(problem, result);
  for (std::size_t l = 0; l < decisions.size(); ++l) {
    if (!machine.run(static_cast<int>(l), decisions[l])) return result;
  }
  return result;
}

}  // namespace equiripple
