// A chart as SVG: curves, points, shaded bands and rules over two axes, light or dark as the viewer
// is.
//
// Coordinates are rounded to a tenth of a pixel, so that every compiler draws the same bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/picture/axis.hpp"

namespace equiripple {

struct ChartPoint {
  double x = 0;
  double y = 0;
};

struct ChartCurve {
  std::string label;  // in the legend; empty for none
  std::vector<ChartPoint> points;
  int colour = 0;  // of the palette, counted round
};

struct ChartMark {  // a dot with a label beside it, where there is room
  ChartPoint at;
  std::string label;
  std::string detail;  // shown where the pointer rests
  int colour = 0;
};

struct ChartRule {  // a dashed horizontal line
  double y = 0;
  std::string label;
};

struct ChartBand {  // a shaded range of x
  double from = 0;
  double to = 0;
  std::string label;
};

struct ChartAxis {
  std::string label;
  ScaleKind scale = ScaleKind::linear;
  double least_step =
      0;  // of a linear scale's ticks: 1 for counts; then half of it is left at the ends
  std::optional<double> low{};   // the ends themselves; none: what the contents need, and a little
  std::optional<double> high{};  // more, to round numbers
};

struct Chart {
  std::string title;
  std::string subtitle{};
  ChartAxis x{};
  ChartAxis y{};
  std::vector<ChartCurve> curves{};
  std::vector<ChartMark> marks{};
  std::vector<ChartRule> rules{};
  std::vector<ChartBand> bands{};
  double width = 860;
  double height = 420;
};

/// A file of its own, with `charts` one below the other.
[[nodiscard]] std::string to_svg(const std::vector<Chart>& charts);

/// An svg element for a page that has `chart_style`; its data-x and data-y tell scripts the axes.
[[nodiscard]] std::string to_svg_element(const Chart& chart);

/// The style sheet of charts.
[[nodiscard]] const std::string& chart_style();

}  // namespace equiripple
