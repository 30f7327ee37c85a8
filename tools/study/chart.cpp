// Every coordinate is printed with one decimal: the same bytes for the same numbers.
#include "tools/study/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace equiripple::study {
namespace {

constexpr double width = 860;
constexpr double height = 440;
constexpr double left = 70;
constexpr double right = width - 30;
constexpr double top = 40;
constexpr double bottom = height - 60;

double place(const ChartAxis& axis, double value, double from, double to) {
  const auto measure = [&](double v) { return axis.logarithmic ? std::log10(v) : v; };
  const double part =
      (measure(value) - measure(axis.low)) / (measure(axis.high) - measure(axis.low));
  return from + part * (to - from);
}
double x_of(const Chart& chart, double x) { return place(chart.x, x, left, right); }
double y_of(const Chart& chart, double y) { return place(chart.y, y, bottom, top); }

bool is_inside(const Chart& chart, const ChartPoint& point) {
  return point.x >= chart.x.low && point.x <= chart.x.high && point.y >= chart.y.low &&
         point.y <= chart.y.high;
}

// Round numbers, about eight; powers of ten where the axis is logarithmic.
std::vector<double> ticks(const ChartAxis& axis) {
  std::vector<double> found;
  if (axis.logarithmic) {
    for (double tick = std::pow(10, std::ceil(std::log10(axis.low) - 1e-9));
         tick <= axis.high * (1 + 1e-9); tick *= 10) {
      found.push_back(tick);
    }
    return found;
  }
  const double rough = (axis.high - axis.low) / 8;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double lead = rough / power;
  const double step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  for (double k = std::ceil(axis.low / step - 1e-9); k * step <= axis.high + 1e-9 * step; ++k) {
    found.push_back(k * step + 0.0);
  }
  return found;
}

std::string frame(const Chart& chart) {
  std::string text;
  for (const double tick : ticks(chart.x)) {
    const double x = x_of(chart, tick);
    text += fmt::format("<path class=\"grid\" d=\"M{0:.1f} {1:.1f}V{2:.1f}\"/>", x, top, bottom);
    text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:g}</text>\n", x,
                        bottom + 18, tick);
  }
  for (const double tick : ticks(chart.y)) {
    const double y = y_of(chart, tick);
    text += fmt::format("<path class=\"grid\" d=\"M{1:.1f} {0:.1f}H{2:.1f}\"/>", y, left, right);
    text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:g}</text>\n",
                        left - 8, y + 4, tick);
  }
  text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                      (left + right) / 2, height - 18, escaped(chart.x.title));
  text += fmt::format(
      "<text transform=\"translate(18 {:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
      (top + bottom) / 2, escaped(chart.y.title));
  return text;
}

std::string line(const Chart& chart, const ChartSeries& series) {
  std::string path;
  bool is_drawing = false;
  for (const ChartPoint& point : series.points) {
    const bool inside = is_inside(chart, point);
    if (inside) {
      path += fmt::format("{}{:.1f} {:.1f}", is_drawing ? 'L' : 'M', x_of(chart, point.x),
                          y_of(chart, point.y));
    }
    is_drawing = inside;
  }
  return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"/>\n", path,
                     series.colour);
}

std::string dots(const Chart& chart, const ChartSeries& series) {
  std::string text;
  for (const ChartPoint& point : series.points) {
    text += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\" stroke=\"{}\" "
        "stroke-width=\"1.8\"><title>{}</title></circle>\n",
        x_of(chart, point.x), y_of(chart, point.y), series.is_hollow ? "none" : series.colour,
        series.colour, escaped(point.hint));
  }
  return text;
}

struct Label {
  double x;
  double y;
  std::string text;
  std::string colour;
};

// From above: a label that would cover an earlier one goes below it.
std::string labels(const Chart& chart) {
  constexpr double character = 7;
  constexpr double line_height = 13;
  std::vector<Label> waiting;
  for (const ChartSeries& series : chart.series) {
    for (const ChartPoint& point : series.points) {
      if (point.label.empty()) continue;
      waiting.push_back(
          {x_of(chart, point.x) + 9, y_of(chart, point.y) + 4, point.label, series.colour});
    }
  }
  std::ranges::stable_sort(waiting, {}, &Label::y);
  std::vector<Label> placed;
  std::string text;
  for (Label label : waiting) {
    const double length = character * static_cast<double>(label.text.size());
    for (const Label& other : placed) {
      const double other_length = character * static_cast<double>(other.text.size());
      const bool apart = label.x > other.x + other_length || other.x > label.x + length;
      if (!apart) label.y = std::max(label.y, other.y + line_height);
    }
    text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" style=\"fill:{}\">{}</text>\n", label.x,
                        label.y, label.colour, escaped(label.text));
    placed.push_back(label);
  }
  return text;
}

std::string legend(const Chart& chart) {
  std::string text;
  double x = left;
  double y = 4;
  for (const ChartSeries& series : chart.series) {
    if (series.name.empty()) continue;
    const double length = 34 + 6.5 * static_cast<double>(series.name.size());
    if (x + length > width) {
      x = left;
      y += 17;
    }
    text += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"11\" height=\"11\" fill=\"{}\" stroke=\"{}\"/>"
        "<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
        x, y, series.is_hollow ? "none" : series.colour, series.colour, x + 16, y + 10,
        escaped(series.name));
    x += length;
  }
  return text;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string svg_of(const Chart& chart) {
  std::string text = fmt::format("<svg viewBox=\"0 0 {:g} {:g}\" role=\"img\" aria-label=\"{}\">\n",
                                 width, height, escaped(chart.title));
  text += frame(chart);
  for (const ChartSeries& series : chart.series) {
    text += series.is_line ? line(chart, series) : dots(chart, series);
  }
  return text + labels(chart) + legend(chart) + "</svg>\n";
}

}  // namespace equiripple::study
