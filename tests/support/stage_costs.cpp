#include "tests/support/stage_costs.hpp"

#include <bit>

#include "tests/support/data.hpp"

namespace equiripple::test {
namespace {

bool times_x(StageRole role) {
  return role == StageRole::last_times_x || role == StageRole::only_times_x;
}

}  // namespace

StageCosts published_costs() {
  return [table = data("optimal_degrees.json")](int degree, StageRole role) {
    const std::string key = std::to_string(degree);
    if (!table["depth"].contains(key)) return std::vector<StageOption>{};
    return std::vector<StageOption>{
        {.degree = degree,
         .levels = table["depth"][key].get<int>() + (times_x(role) ? 1 : 0),
         .key_switches = table["mults"][key].get<int>()}};
  };
}

StageCosts made_up_costs(bool with_latency) {
  return [with_latency](int degree, StageRole role) {
    const int levels = static_cast<int>(std::bit_width(static_cast<unsigned>(degree)));
    const int switches = levels + degree / 4 + (times_x(role) ? 1 : 0);
    std::vector<StageOption> options;
    for (int spare = 0; spare < 2; ++spare) {
      StageOption& option = options.emplace_back(StageOption{
          .degree = degree, .levels = levels + spare, .key_switches = switches - spare});
      for (int left = 0; with_latency && left < 40; ++left) {
        option.latency.push_back(option.key_switches * (option.levels + 2.5 * left));
      }
      if (degree < 7) break;
    }
    return options;
  };
}

}  // namespace equiripple::test
