// A schedule run level by level, without the search: what it costs, or the first rule it breaks.
#pragma once

#include <optional>
#include <vector>

#include "generator/network/problem.hpp"

namespace equiripple {

enum class ReplayFault : unsigned char {
  none,
  wrong_shape,     // another number of layers, or a candidate that there is not
  refresh_below,   // of a value below the lowest level that can be refreshed
  refresh_inside,  // after no stage, or after the last, or where it is not allowed
  out_of_levels,   // a linear part, a stage, or x where it is multiplied
  error_of_layer,  // beyond what the layer allows
};

struct Replay {
  ReplayFault fault = ReplayFault::none;
  int layer = -1;  // of the fault
  NetworkTotals totals{};
  struct Levels {
    int input = 0;          // of the join
    int before_linear = 0;  // after a refresh, where there is one
    int after_linear = 0;
    int before_activation = 0;  // likewise
    int output = 0;
  };
  std::vector<Levels> levels{};  // of each layer
};

[[nodiscard]] Replay replay(const NetworkProblem& problem,
                            const std::vector<LayerDecision>& decisions);

}  // namespace equiripple
