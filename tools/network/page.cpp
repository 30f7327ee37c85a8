// Two charts and a table.
#include "tools/network/page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/picture/chart.hpp"
#include "emit/picture/page.hpp"

namespace equiripple {
namespace {

// Where a value is refreshed, as the colour of its dot.
enum class Place : unsigned char { before_linear = 1, before_activation = 2, inside = 3 };
constexpr int branch_colour = 4;

// A value that a later layer joins waits at its level.
void add_branch(Chart& chart, const Network& network, int value, std::size_t layer) {
  const auto from = static_cast<std::size_t>(value);
  const double level =
      value == 0 ? network.request.chain.start_levels : network.layers[from - 1].levels.output;
  const bool is_first = std::ranges::none_of(
      chart.curves, [](const ChartCurve& curve) { return curve.colour == branch_colour; });
  chart.curves.push_back({.label = is_first ? "waits for a join" : "",
                          .points = {{static_cast<double>(value) + 0.5, level},
                                     {static_cast<double>(layer) + 0.5, level}},
                          .colour = branch_colour});
}

// Of the dots that there are.
void add_legend(Chart& chart) {
  for (const auto& [place, name] : {std::pair(Place::before_linear, "refreshed before linear part"),
                                    std::pair(Place::before_activation, "before activation"),
                                    std::pair(Place::inside, "inside activation")}) {
    const auto first = std::ranges::find(chart.marks, static_cast<int>(place), &ChartMark::colour);
    if (first == chart.marks.end()) continue;
    chart.curves.push_back(
        {.label = name, .points = {first->at}, .colour = static_cast<int>(place)});
  }
}

// A layer takes one unit of x: its linear part until the middle, its activation to the end.
Chart level_chart(const Network& network) {
  Chart chart{
      .title = "Levels along the network",
      .subtitle = "left in the value before, within and after each layer; a dot is a refresh",
      .x = {.label = "layer", .least_step = 1},
      .y = {.label = "levels left", .least_step = 1, .low = 0.0}};
  ChartCurve curve{.label = "levels left", .points = {}};
  const auto add = [&](double x, int level) {
    curve.points.push_back({x, static_cast<double>(level)});
  };
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const NetworkLayerChoice& layer = network.layers[l];
    const double x = static_cast<double>(l) + 0.5;
    const std::string& name = network.request.layers[l].name;
    const auto mark = [&](double at, int level, const std::string& what, Place place) {
      chart.marks.push_back({.at = {at, static_cast<double>(level)},
                             .label = "",
                             .detail = fmt::format("{}: refreshed {}", name, what),
                             .colour = static_cast<int>(place)});
    };
    for (const int value : network.request.layers[l].inputs) {
      if (value != static_cast<int>(l)) add_branch(chart, network, value, l);
    }
    add(x, layer.levels.input);
    add(x, layer.levels.before_linear);
    if (layer.decision.before_linear)
      mark(x, layer.levels.before_linear, "before linear", Place::before_linear);
    add(x + 0.4, layer.levels.after_linear);
    add(x + 0.4, layer.levels.before_activation);
    if (layer.decision.before_activation) {
      mark(x + 0.4, layer.levels.before_activation, "before activation", Place::before_activation);
    }
    if (layer.decision.inside_after > 0) {
      add(x + 0.7, network.request.chain.refresh_from);
      add(x + 0.7, network.request.chain.levels);
      mark(x + 0.7, network.request.chain.levels,
           fmt::format("inside, after stage {}{}", layer.decision.inside_after,
                       layer.decision.refreshes_input ? ", and x as well" : ""),
           Place::inside);
    }
    add(x + 1, layer.levels.output);
  }
  chart.curves.insert(chart.curves.begin(), std::move(curve));
  add_legend(chart);
  return chart;
}

Chart share_chart(const Network& network) {
  Chart chart{.title = "Share of each layer in the error",
              .subtitle = "weight * error, in percent of the sum; proved",
              .x = {.label = "layer", .least_step = 1},
              .y = {.label = "percent", .low = 0.0},
              .height = 320};
  ChartCurve curve{.label = "share", .points = {}};
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const double error = to_double(network.layers[l].error * network.request.layers[l].weight);
    const double share = network.totals.error > 0 ? 100 * error / network.totals.error : 0;
    const double x = static_cast<double>(l) + 1;
    chart.marks.push_back(
        {.at = {x, share},
         .label = "",
         .detail = fmt::format("{}: {:.1f} %", network.request.layers[l].name, share)});
    const double half = 0.35;
    for (const ChartPoint point : {ChartPoint{x - half, 0}, ChartPoint{x - half, share},
                                   ChartPoint{x + half, share}, ChartPoint{x + half, 0}}) {
      curve.points.push_back(point);
    }
  }
  chart.curves.push_back(std::move(curve));
  return chart;
}

}  // namespace

std::string network_page(const Network& network) {
  const NetworkRequest& request = network.request;
  Page page("network " + request.name);
  page.add_paragraph(fmt::format(
      "{}, {} in a chain of {}; latency {:.6g}; the weighted errors of the layers add up to at "
      "most "
      "{}.",
      plural(static_cast<int>(network.layers.size()), "layer"),
      plural(network.totals.bootstraps, "refresh"), plural(request.chain.levels, "level"),
      network.totals.latency, size_text(Rational(network.totals.error))));
  page.add_paragraph("The choice is " + network.optimal_over + ".");
  for (const std::string& remark : network.remarks) page.add_paragraph(remark);
  page.add_heading("Levels");
  page.add_markup(to_svg_element(level_chart(network)));
  page.add_heading("Errors");
  page.add_markup(to_svg_element(share_chart(network)));
  page.add_heading("Layers");
  PageTable table{.head = {"", "layer", "made by", "levels", "in", "out", "error", "refreshes"},
                  .rows = {}};
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const NetworkLayerChoice& layer = network.layers[l];
    const int levels = layer.is_removed ? 0 : network.functions[layer.function].plan->costs.levels;
    table.rows.push_back({std::to_string(l + 1), request.layers[l].name,
                          layer.is_removed ? "removed: x as it is" : command_line(layer.request),
                          std::to_string(levels), std::to_string(layer.levels.input),
                          std::to_string(layer.levels.output),
                          decimal(layer.error, 3, Rounding::up),
                          fmt::format("{}", fmt::join(refreshes_of(layer.decision), ", "))});
  }
  page.add_table(table);
  return page.html();
}

}  // namespace equiripple
