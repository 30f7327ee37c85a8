// A network on a chain of levels: layers of a linear part and an activation, of which each has a
// choice of polynomials, and refreshes (bootstrapping) where levels run out.
//
// The rules of a layer, in order. Its input stands at the lowest level among what it joins; a
// refresh "before linear" lifts that value (not the branches it came from) to the top of the chain;
// the linear part spends its levels; a refresh "before activation" lifts the result; the activation
// spends the levels of its stages, or is refreshed once between two stages. ReLU and its kin
// multiply x into the last stage: x then needs as many levels as the value that enters that stage,
// or is refreshed as well, which is a second refresh. Levels may be dropped at no cost.
#pragma once

#include <limits>
#include <optional>
#include <vector>

namespace equiripple {

struct NetworkStage {
  int levels = 0;                 // at least 0
  std::vector<double> latency{};  // with 0, 1, ... levels left after it; the last one goes on
};

/// One polynomial, or composition, for an activation.
struct NetworkCandidate {
  double error = 0;                     // at most, in units of the activation's value
  std::vector<NetworkStage> stages{};   // in order
  bool multiplies_input = false;        // into the last stage: x is live until then
  bool can_be_refreshed_inside = true;  // between its stages
  int refreshed_after = 0;  // where it is above 0: after so many stages, always and there alone,
                            // and the error counts what that adds

  [[nodiscard]] int levels() const;
  /// The time of the stages [first, end) with so many levels left after the last of them.
  [[nodiscard]] double latency(std::size_t first, std::size_t end, int levels_left) const;
};

struct NetworkLayer {
  int linear_levels = 0;
  double linear_time = 0;
  double weight = 1;  // of its error in the sum; at least 0
  double most_error = std::numeric_limits<double>::infinity();  // of the layer alone
  double refresh_error = 0;   // what a refresh of it adds to its error
  std::vector<int> inputs{};  // values: 0 is the network's input, l the output of layer l - 1
  std::vector<NetworkCandidate> candidates{};
};

struct NetworkChain {
  int levels = 1;        // what a refresh leaves
  int start_levels = 1;  // of the network's input
  int refresh_from = 0;  // the lowest level that can be refreshed
  double refresh_time = 0;
  bool inside =
      true;  // refreshes between stages are looked at, of candidates that do not say where
};

enum class NetworkObjective : unsigned char {
  latency,     // then the fewest refreshes
  bootstraps,  // then the least latency
};

struct NetworkProblem {
  NetworkChain chain{};
  std::vector<NetworkLayer> layers{};
  NetworkObjective objective = NetworkObjective::latency;
  std::optional<double> error_budget{};  // of the sum of weight * error
  std::optional<int> level_budget{};     // of all levels spent: then the error is what is least,
                                         // the objective decides among equals
};

/// What is done in one layer.
struct LayerDecision {
  int candidate = 0;
  bool before_linear = false;
  bool before_activation = false;
  int inside_after = 0;          // so many stages; 0 where there is no refresh inside
  bool refreshes_input = false;  // inside, of x as well
  int output_level = 0;

  [[nodiscard]] int refreshes() const {
    return (before_linear ? 1 : 0) + (before_activation ? 1 : 0) + (inside_after > 0 ? 1 : 0) +
           (refreshes_input ? 1 : 0);
  }
  bool operator==(const LayerDecision& other) const = default;
};

/// Refreshes of a layer that add the layer's refresh_error.
[[nodiscard]] inline int refreshes_beside(const NetworkCandidate& candidate,
                                          const LayerDecision& decision) {
  return decision.refreshes() - (candidate.refreshed_after > 0 ? 1 : 0);
}

struct NetworkTotals {
  int bootstraps = 0;
  double latency = 0;
  double error = 0;  // the sum of weight * error
  int levels = 0;    // spent, of linear parts and activations
};

struct NetworkSchedule {
  std::vector<LayerDecision> layers{};
  NetworkTotals totals{};
};

enum class NetworkStatus : unsigned char {
  not_run,      // nothing here is usable
  optimal,      // no schedule of these candidates and places is better
  label_limit,  // feasible; the search for better ones was cut off
  blocked,      // no schedule gets through `blocked_layer`, whatever the errors
  over_budget,  // all exceed the budget; `schedule` is the one that exceeds it least
};

struct NetworkResult {
  NetworkStatus status = NetworkStatus::not_run;
  NetworkSchedule schedule{};  // set unless blocked
  int blocked_layer = -1;
};

/// The best schedule. Throws std::invalid_argument where a number is out of its range.
[[nodiscard]] NetworkResult optimise(const NetworkProblem& problem);

/// All budgets at once, whatever the problem's own: for the objective bootstraps the least error of
/// each number of them, for latency the choices on the convex hull of latency and error (the best
/// of every budget at which one of them is reached). Descending error; empty where none gets
/// through.
[[nodiscard]] std::vector<NetworkSchedule> network_front(const NetworkProblem& problem);

}  // namespace equiripple
