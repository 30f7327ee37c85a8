// Degrees of a composition of sign, and places of refreshes between its stages, for the least cost:
// dynamic programming over the levels that are left, by the curves of stages (stage_errors.hpp).
//
// Stage after stage, what counts of a beginning is how many levels it leaves, how often it
// refreshed, what it cost, and the error that it leaves to the next stage: the larger the error,
// the larger are all that follow. So among beginnings with equal levels and refreshes those that
// another beats in cost and error are dropped: for sign on a gap the best is found, up to the
// accuracy of the curves. A stage costs what its option costs with the levels that are left after
// it: levels are never given up, as no program does.
#pragma once

#include <vector>

#include "generator/search/stage_option.hpp"

namespace equiripple {

struct RefreshSearchRequest {
  double gap = 0;              // of sign, in (0, 1)
  double largest_error = 1;    // of sign on the gap
  double margin = 0;           // of every later stage's domain
  std::vector<int> degrees{};  // these, or none: odd ones up to max_degree are searched
  int max_degree = 63;
  bool times_x = false;           // the last stage is one of ReLU and its kin
  int start = 1;                  // levels of the input
  int levels = 1;                 // that a refresh leaves
  int lowest = 0;                 // the least level that can be refreshed
  double noise = 0;               // of a refresh, of a variable in [-1, 1]
  double cost = 0;                // of a refresh, in the unit of the stages' latencies
  double level_price = 0;         // of each level that a stage takes, likewise
  bool fewest_refreshes = false;  // before the least cost
  double largest_cost = 0;        // above 0: more is of no interest
  std::size_t kept = 1;           // how many of the best are wanted
  StageCosts costs{};
};

struct RefreshedComposition {
  std::vector<int> degrees;
  std::vector<int> stage_levels;
  std::vector<bool> refreshed;  // before each stage
  int refreshes = 0;
  double cost = 0;  // latency of all stages, and of the refreshes
  Logit error{};    // of sign on the gap; by the curves
};

/// Ascending in what counts. Empty where the request cannot be met.
[[nodiscard]] std::vector<RefreshedComposition> refreshed_compositions(
    const RefreshSearchRequest& request, StageErrors& errors);

}  // namespace equiripple
