// Below the cost of every composition, and not far.
#include "generator/search/completion_bound.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "generator/search/labels.hpp"
#include "tests/support/exhaustion.hpp"
#include "tests/support/stage_costs.hpp"

using namespace equiripple;

namespace {

constexpr int max_degree = 9;
constexpr int stages = 4;
constexpr double infinite = std::numeric_limits<double>::infinity();

// By levels: the least cost of what meets the error.
std::map<int, double> least_costs(const StageCosts& costs, double gap, double error,
                                  bool by_latency) {
  std::map<int, double> least;
  for (const Composition& one :
       test::all_compositions(costs, stages, max_degree, /*times_x=*/false)) {
    if (test::error_on_gap(one.degrees, gap, 0) > error) continue;
    const double cost = by_latency ? one.latency : one.key_switches;
    const auto [entry, is_new] = least.try_emplace(one.levels, cost);
    if (!is_new) entry->second = std::min(entry->second, cost);
  }
  return least;
}

}  // namespace

TEST_CASE("no composition costs less than the bound of its levels") {
  constexpr int fewest_of_more_stages = 2 * (stages + 1);  // a stage takes two levels at least
  StageErrors errors;
  for (const bool by_latency : {false, true}) {
    const StageCosts costs = test::made_up_costs(by_latency);
    const LabelOptions options =
        label_options(costs, max_degree, /*times_x=*/false, /*counts_latency=*/by_latency);
    for (const double gap : {0.25, 0x1p-4}) {
      for (const double error : {0.2, 0.004}) {
        CAPTURE(by_latency);
        CAPTURE(gap);
        CAPTURE(error);
        const auto least = least_costs(costs, gap, error, by_latency);
        REQUIRE_FALSE(least.empty());
        CompletionBound bound(options, {.error = error, .gap = gap, .by_latency = by_latency},
                              errors);
        for (const auto& [levels, cost] : least) {
          CAPTURE(levels);
          const double at_least = bound.least_cost(levels, spread_of_gap(gap));
          CHECK(at_least <= cost * (1 + 0x1p-40));
          // Rounding spreads down is worth a degree at most.
          if (levels < fewest_of_more_stages) CHECK(at_least >= 0.8 * cost);
        }
        for (int levels = 1; levels < least.begin()->first - 1; ++levels) {
          CHECK(bound.least_cost(levels, spread_of_gap(gap)) == infinite);
        }
      }
    }
  }
}

// Dear on narrow domains: what a stage leaves is rounded down into these, and must not count there.
TEST_CASE("narrow domains that cost more do not raise the bound of wide ones") {
  const auto costs_of = [](double dear) {
    return [dear](int degree, StageRole) {
      const StageOption wide{
          .narrowest = 0.5, .degree = degree, .levels = 2, .key_switches = degree};
      StageOption narrow = wide;
      narrow.narrowest = 0;
      narrow.widest = 0.5;
      narrow.key_switches += static_cast<int>(dear);
      return std::vector<StageOption>{wide, narrow};
    };
  };
  StageErrors errors;
  const auto bound_of = [&](double dear, double spread) {
    const LabelOptions options = label_options(costs_of(dear), 3, false, false);
    CompletionBound bound(options, {.error = 0.3, .gap = 0x1p-3}, errors);
    return bound.least_cost(2, {std::log(spread / (1 - spread))});
  };
  CHECK(bound_of(100, 0.5001) == bound_of(0, 0.5001));
  CHECK(bound_of(100, 0.3) == 103);
}

TEST_CASE("nothing is completed in no level, and what a margin closes never is") {
  StageErrors errors;
  const LabelOptions options = label_options(test::made_up_costs(false), max_degree, false, false);
  CompletionBound open(options, {.error = 0.1, .gap = 0.1}, errors);
  CHECK(open.least_cost(0, spread_of_gap(0.1)) == infinite);
  CHECK(open.least_cost(12, spread_of_gap(0.1)) < infinite);
  CompletionBound closed(options, {.error = 0x1p-30, .margin = 0.9, .gap = 0.1}, errors);
  CHECK(closed.least_cost(20, spread_of_gap(0.1)) == infinite);
}
