// What a stage may cost: the search is handed a function that tells.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "generator/search/stage_errors.hpp"

namespace equiripple {

enum class StageRole : unsigned char {
  inner,         // its value is the variable of the next stage
  last,          // of sign and its kin
  last_times_x,  // of ReLU and its kin: x times it
  only_times_x,  // the same where there is no other stage
};

/// One way to evaluate a stage whose domain has a spread (stage_errors.hpp) in (narrowest, widest].
struct StageOption {
  double narrowest = 0;
  double widest = 1;
  int degree = 0;
  int levels = 0;
  int key_switches = 0;           // or whatever else is counted and summed
  std::vector<double> latency{};  // with 0, 1, ... levels left after it; the last one goes on

  bool is_for(double spread) const { return narrowest < spread && spread <= widest; }
  double latency_with(int levels_left) const {
    const auto left = static_cast<std::size_t>(std::max(levels_left, 0));
    return latency.empty() ? 0 : latency[std::min(left, latency.size() - 1)];
  }
  double cost(bool by_latency, int levels_left) const {
    return by_latency ? latency_with(levels_left) : key_switches;
  }
};

/// The ways to evaluate a stage of an odd degree; empty where there is none.
using StageCosts = std::function<std::vector<StageOption>(int degree, StageRole role)>;

}  // namespace equiripple
