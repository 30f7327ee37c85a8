// A picture of points and lines as SVG, for the report.
#pragma once

#include <string>
#include <vector>

namespace equiripple::study {

struct ChartPoint {
  double x = 0;
  double y = 0;
  std::string label{};  // beside the point, moved so that labels do not cover each other
  std::string hint{};   // shown where the pointer rests
};

struct ChartSeries {
  std::string name;
  std::string colour;
  std::vector<ChartPoint> points;
  bool is_line = false;    // or dots
  bool is_hollow = false;  // of dots
};

struct ChartAxis {
  std::string title;
  double low = 0;
  double high = 1;
  bool logarithmic = false;
};

struct Chart {
  std::string title;  // for readers that do not see the picture
  ChartAxis x;
  ChartAxis y;
  std::vector<ChartSeries> series;  // lines end where they leave the picture
};

[[nodiscard]] std::string svg_of(const Chart& chart);

/// Text as it may stand in HTML and SVG.
[[nodiscard]] std::string escaped(const std::string& text);

}  // namespace equiripple::study
