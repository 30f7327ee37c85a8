// Each class searched by itself, without an error to meet; of its front the best within a budget.
#include "tools/profiles/fronts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "emit/make/direct_costs.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/picture/chart.hpp"
#include "generator/search/direct_search.hpp"

namespace equiripple {
namespace {

constexpr int most_levels = 14;  // chosen: what ReLU of 13 bits takes, and one more

using Front = std::vector<FoundComposition>;
using Budget = std::function<int(const Composition&)>;

struct Best {
  double bits = 0;
  std::string degrees;
};

// The best within 1, 2, ... of what is budgeted, where it is better than with one less.
std::map<int, Best> best_within(const Front& front, const Budget& spent) {
  std::map<int, Best> best;
  for (const FoundComposition& one : front) {
    Best& here = best[spent(one.composition)];
    const double bits = -std::log2(one.error);
    if (bits > here.bits) here = {bits, fmt::format("{}", fmt::join(one.composition.degrees, ","))};
  }
  double reached = 0;
  std::erase_if(best, [&](const auto& entry) {
    const bool gains = entry.second.bits > reached;
    reached = std::max(reached, entry.second.bits);
    return !gains;
  });
  return best;
}

void draw(Chart& chart, const Front& front, const Budget& spent, std::string label, int colour) {
  ChartCurve curve{.label = std::move(label), .points = {}, .colour = colour};
  for (const auto& [at, best] : best_within(front, spent)) {
    const ChartPoint point{static_cast<double>(at), best.bits};
    curve.points.push_back(point);
    chart.marks.push_back({.at = point,
                           .label = best.degrees,
                           .detail = fmt::format("{}: {:.2f} bits", best.degrees, best.bits),
                           .colour = colour});
  }
  chart.curves.push_back(std::move(curve));
}

Chart chart_of(const std::string& title, const char* label, const Front& one, const Front& composed,
               const Budget& spent) {
  Chart chart{
      .title = title,
      .subtitle = fmt::format("each choice: degrees; the best within {} levels", most_levels),
      .x = {.label = label, .least_step = 1},
      .y = {.label = "bits", .least_step = 0.5}};
  draw(chart, one, spent, "one polynomial", 0);
  draw(chart, composed, spent, "compositions, also of one stage", 1);
  return chart;
}

// Those of the table, and of sign the degrees that are in the table of stages.
std::vector<StageOption> ways_to_one(Kind kind, const std::optional<Rational>& gap,
                                     const StageCosts& costs) {
  std::vector<StageOption> ways = direct_options({}, kind, highest_searched_direct);
  if (!gap) return ways;
  const Logit spread = spread_of_gap(to_double(*gap));
  for (int degree = 3; degree <= highest_tabled_degree; degree += 2) {
    for (StageOption& way : costs(degree, StageRole::last)) {
      if (way.is_for(spread.number())) ways.push_back(std::move(way));
    }
  }
  return ways;
}

void add_charts(std::vector<Chart>& charts, Kind kind, const std::string& title,
                const std::optional<Rational>& gap) {
  CompositeSearchRequest request{.gap = gap, .max_levels = most_levels};
  request.finest_error = std::exp2(gap ? -52 : -36);  // as the search for degrees takes them
  request.costs = planner_costs({});
  const Front composed = CompositeSearch().front(request);
  const Front one = DirectSearch().front(request, ways_to_one(kind, gap, request.costs));
  charts.push_back(chart_of(title, "levels", one, composed,
                            [](const Composition& made) { return made.levels; }));
  charts.push_back(chart_of(title, "key switches", one, composed,
                            [](const Composition& made) { return made.key_switches; }));
}

}  // namespace

std::string fronts_svg() {
  std::vector<Chart> charts;
  add_charts(charts, Kind::relu, "ReLU, errors over the range", std::nullopt);
  add_charts(charts, Kind::sign, "sign for 0.02 <= |x| <= 1", Rational(1, 50));
  return to_svg(charts);
}

}  // namespace equiripple
