// Layout: a title above, a legend below the axis' label, axes left and below.
#include "emit/picture/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "emit/picture/markup.hpp"

namespace equiripple {
namespace {

constexpr double left = 76;
constexpr double right = 24;
constexpr double top = 56;
constexpr double bottom = 50;
constexpr double line_height = 15;
constexpr double letter_width = 6.6;  // of the font, about
constexpr int colours = 6;
constexpr double radius = 4;

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void take(double value, ScaleKind scale) {
    if (!std::isfinite(value) || (scale == ScaleKind::logarithmic && value <= 0)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

struct Box {
  double from, to, middle;

  bool touches(const Box& other) const {
    return from < other.to && other.from < to && std::abs(middle - other.middle) < line_height;
  }
};

class Drawing {
 public:
  explicit Drawing(const Chart& chart)
      : chart_(chart), x_(scale_of(chart.x, true)), y_(scale_of(chart.y, false)) {}

  std::string elements() {
    text(left, 24, "title", chart_.title);
    if (!chart_.subtitle.empty()) text(left, 42, "note", chart_.subtitle);
    draw_bands();
    draw_axes();
    draw_rules();
    for (const ChartCurve& curve : chart_.curves) draw_curve(curve);
    draw_marks();
    draw_legend();
    return std::move(svg_);
  }

  // For scripts: data-x="linear 0 1 76 836", the kind, the ends (log: their log2) and their pixels.
  std::string axis_data() const {
    return fmt::format(" data-x=\"{} {:.0f} {:.0f}\" data-y=\"{} {:.0f} {:.0f}\"", x_.ends(), left,
                       chart_.width - right, y_.ends(), chart_.height - bottom, top);
  }

  double height() const { return chart_.height + line_height * static_cast<double>(legend_rows()); }

 private:
  AxisScale scale_of(const ChartAxis& axis, bool is_x) const {
    Range range;
    const auto take = [&](const ChartPoint& p) { range.take(is_x ? p.x : p.y, axis.scale); };
    for (const ChartCurve& curve : chart_.curves) std::ranges::for_each(curve.points, take);
    for (const ChartMark& mark : chart_.marks) take(mark.at);
    if (is_x) {
      for (const ChartBand& band : chart_.bands) {
        range.take(band.from, axis.scale);
        range.take(band.to, axis.scale);
      }
    } else {
      for (const ChartRule& rule : chart_.rules) range.take(rule.y, axis.scale);
    }
    if (!(range.low <= range.high)) range = {0, 1};
    constexpr int most_ticks = 8;
    return AxisScale({.kind = axis.scale,
                      .low = axis.low.value_or(range.low - axis.least_step / 2),
                      .high = axis.high.value_or(range.high + axis.least_step / 2),
                      .most_ticks = most_ticks,
                      .least_step = axis.least_step,
                      .widened = !axis.low && !axis.high && axis.least_step == 0});
  }

  double px(double value) const { return left + x_.at(value) * (chart_.width - left - right); }
  double py(double value) const {
    return chart_.height - bottom - y_.at(value) * (chart_.height - top - bottom);
  }

  void text(double x, double y, const char* style, const std::string& content,
            const char* more = "") {
    svg_ += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", style, x, y,
                        more, escaped_markup(content));
  }

  void draw_axes() {
    const double low_edge = chart_.height - bottom;
    for (const Tick& tick : x_.ticks()) {
      svg_ += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/>\n",
          px(tick.value), top, low_edge);
      text(px(tick.value), low_edge + 17, "tick", tick.label, " text-anchor=\"middle\"");
    }
    for (const Tick& tick : y_.ticks()) {
      svg_ += fmt::format(
          "<line class=\"grid\" x1=\"{1}\" y1=\"{0:.1f}\" x2=\"{2}\" y2=\"{0:.1f}\"/>\n",
          py(tick.value), left, chart_.width - right);
      text(left - 7, py(tick.value) + 4, "tick", tick.label, " text-anchor=\"end\"");
    }
    text((left + chart_.width - right) / 2, low_edge + 36, "axis", chart_.x.label,
         " text-anchor=\"middle\"");
    svg_ += fmt::format(
        "<text class=\"axis\" transform=\"translate(18 {:.1f}) rotate(-90)\" "
        "text-anchor=\"middle\">{}</text>\n",
        (top + low_edge) / 2, escaped_markup(chart_.y.label));
  }

  void draw_bands() {
    for (const ChartBand& band : chart_.bands) {
      const double from = px(band.from);
      svg_ += fmt::format(
          "<rect class=\"band\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{:.1f}\">"
          "<title>{}</title></rect>\n",
          from, top, std::max(px(band.to) - from, 1.0), chart_.height - top - bottom,
          escaped_markup(band.label));
    }
  }

  void draw_rules() {
    for (const ChartRule& rule : chart_.rules) {
      svg_ +=
          fmt::format("<line class=\"rule\" x1=\"{}\" y1=\"{:.1f}\" x2=\"{}\" y2=\"{:.1f}\"/>\n",
                      left, py(rule.y), chart_.width - right, py(rule.y));
      if (!rule.label.empty()) {
        text(chart_.width - right - 4, py(rule.y) - 4, "note", rule.label, " text-anchor=\"end\"");
      }
    }
  }

  void draw_curve(const ChartCurve& curve) {
    std::string path;
    bool pen_down = false;
    for (const ChartPoint& p : curve.points) {
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
        pen_down = false;
        continue;
      }
      path += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", px(p.x), py(p.y));
      pen_down = true;
    }
    svg_ += fmt::format("<path class=\"curve c{}\" d=\"{}\"><title>{}</title></path>\n",
                        curve.colour % colours, path, escaped_markup(curve.label));
  }

  // A label stands beside its dot, above or below where it would touch another, or nowhere.
  void draw_marks() {
    std::vector<Box> taken;
    for (const ChartMark& mark : chart_.marks) {
      const double x = px(mark.at.x);
      const double y = py(mark.at.y);
      taken.push_back({x - radius, x + radius, y});
      svg_ += fmt::format(
          "<circle class=\"dot c{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" "
          "r=\"{}\"><title>{}</title></circle>\n",
          mark.colour % colours, x, y, radius,
          escaped_markup(mark.detail.empty() ? mark.label : mark.detail));
    }
    for (const ChartMark& mark : chart_.marks) place_label(mark, taken);
  }

  void place_label(const ChartMark& mark, std::vector<Box>& taken) {
    const double x = px(mark.at.x);
    const double y = py(mark.at.y);
    const double width = letter_width * static_cast<double>(mark.label.size());
    for (const double shift : {0.0, -line_height, line_height}) {
      for (const bool to_the_right : {true, false}) {
        const double from = to_the_right ? x + 2 * radius : x - 2 * radius - width;
        const Box box{from, from + width, y + shift};
        if (box.from < left || box.to > chart_.width - 2) continue;
        if (box.middle < top || box.middle > chart_.height - bottom) continue;
        if (std::ranges::any_of(taken, [&](const Box& there) { return box.touches(there); })) {
          continue;
        }
        taken.push_back(box);
        text(from, box.middle + radius, "label", mark.label);
        return;
      }
    }
  }

  // Entries of the legend, below the chart, as many in a row as fit.
  std::vector<const ChartCurve*> legend() const {
    std::vector<const ChartCurve*> entries;
    for (const ChartCurve& curve : chart_.curves) {
      if (!curve.label.empty() && chart_.curves.size() > 1) entries.push_back(&curve);
    }
    return entries;
  }

  std::size_t entries_in_a_row() const {
    double widest = 1;
    for (const ChartCurve* curve : legend()) {
      widest = std::max(widest, 40 + letter_width * static_cast<double>(curve->label.size()));
    }
    return std::max<std::size_t>(1,
                                 static_cast<std::size_t>((chart_.width - left - right) / widest));
  }

  std::size_t legend_rows() const {
    const std::size_t a_row = entries_in_a_row();
    return (legend().size() + a_row - 1) / a_row;
  }

  void draw_legend() {
    const auto entries = legend();
    const std::size_t a_row = entries_in_a_row();
    const double column = (chart_.width - left - right) / static_cast<double>(a_row);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const double x = left + column * static_cast<double>(i % a_row);
      const double y = chart_.height + line_height * (static_cast<double>(i / a_row) + 0.3);
      svg_ += fmt::format(
          "<line class=\"curve c{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n",
          entries[i]->colour % colours, x, y - 4, x + 22, y - 4);
      text(x + 28, y, "label", entries[i]->label);
    }
  }

  const Chart& chart_;
  AxisScale x_;
  AxisScale y_;
  std::string svg_;
};

}  // namespace

const std::string& chart_style() {
  static const std::string style =
      ".chart { background: #fff; color: #222; font-family: sans-serif; font-size: 12px; "
      "--c0: #1f6feb; --c1: #d1242f; --c2: #1a7f37; --c3: #9a6700; --c4: #8250df; --c5: #57606a; "
      "--grid: #e3e5e8; --band: #1f6feb18; --rule: #57606a; }\n"
      "@media (prefers-color-scheme: dark) { .chart { background: #16181d; color: #ddd; "
      "--c0: #6cb2ff; --c1: #ff7b72; --c2: #56d364; --c3: #e3b341; --c4: #bc8cff; --c5: #9aa4af; "
      "--grid: #2c313a; --band: #6cb2ff22; --rule: #9aa4af; } }\n"
      ".chart text { fill: currentColor; }\n"
      ".chart .title { font-size: 15px; font-weight: 600; }\n"
      ".chart .note, .chart .tick { opacity: .8; }\n"
      ".chart .grid { stroke: var(--grid); }\n"
      ".chart .band { fill: var(--band); }\n"
      ".chart .rule { stroke: var(--rule); stroke-dasharray: 5 4; }\n"
      ".chart .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round; }\n"
      ".chart .curve.c0 { stroke: var(--c0); } .chart .dot.c0 { fill: var(--c0); }\n"
      ".chart .curve.c1 { stroke: var(--c1); } .chart .dot.c1 { fill: var(--c1); }\n"
      ".chart .curve.c2 { stroke: var(--c2); } .chart .dot.c2 { fill: var(--c2); }\n"
      ".chart .curve.c3 { stroke: var(--c3); } .chart .dot.c3 { fill: var(--c3); }\n"
      ".chart .curve.c4 { stroke: var(--c4); } .chart .dot.c4 { fill: var(--c4); }\n"
      ".chart .curve.c5 { stroke: var(--c5); } .chart .dot.c5 { fill: var(--c5); }\n";
  return style;
}

std::string to_svg_element(const Chart& chart) {
  Drawing drawing(chart);
  return open_svg(chart.width, drawing.height(), chart.title, {}, drawing.axis_data()) +
         drawing.elements() + "</svg>\n";
}

std::string to_svg(const std::vector<Chart>& charts) {
  double width = 0;
  double height = 0;
  std::string elements;
  for (const Chart& chart : charts) {
    Drawing drawing(chart);
    elements += fmt::format("<g transform=\"translate(0 {:.1f})\">\n", height) +
                drawing.elements() + "</g>\n";
    width = std::max(width, chart.width);
    height += drawing.height();
  }
  const std::string title = charts.empty() ? std::string() : charts.front().title;
  return open_svg(width, height, title) + "<title>" + escaped_markup(title) +
         "</title>\n<style>\n" + chart_style() + "</style>\n" + elements + "</svg>\n";
}

}  // namespace equiripple
