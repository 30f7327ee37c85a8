// The picture: levels to the right, key switches or accuracy upwards.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "emit/front.hpp"

namespace equiripple {
namespace {

constexpr double width = 860;
constexpr double height = 460;
constexpr double left = 64;
constexpr double right = 150;  // room for the labels of the last column
constexpr double top = 56;
constexpr double bottom = 52;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      default: safe += c;
    }
  }
  return safe;
}

// Round values from low to high, a handful of them.
struct Axis {
  double low;
  double high;
  double step;

  static Axis over(double low, double high, double least_step) {
    constexpr double most_ticks = 9;
    double step = least_step;
    while ((high - low) / step > most_ticks) step *= step / least_step == 2 ? 2.5 : 2;
    return {std::floor(low / step) * step, std::max(std::ceil(high / step), low / step + 1) * step,
            step};
  }
  double at(double value, double from, double to) const {
    return from + (to - from) * (value - low) / (high - low);
  }
};

}  // namespace

std::string to_svg(const SearchFront& front) {
  const auto height_of = [&](const FrontRow& row) {
    return front.meets_error ? row.key_switches : accuracy_bits(row);
  };
  double lowest = 1e9;
  double highest = 0;
  int fewest = 1 << 30;
  int most = 0;
  for (const FrontRow& row : front.rows) {
    lowest = std::min(lowest, height_of(row));
    highest = std::max(highest, height_of(row));
    fewest = std::min(fewest, row.levels);
    most = std::max(most, row.levels);
  }
  const Axis levels = Axis::over(fewest - 0.5, most + 0.5, 1);
  const Axis heights = Axis::over(lowest - 0.5, highest + 0.5, front.meets_error ? 1 : 0.5);
  const auto x = [&](double value) { return levels.at(value, left, width - right); };
  const auto y = [&](double value) { return heights.at(value, height - bottom, top); };

  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" font-family=\"sans-serif\" font-size=\"12\">\n"
      "<style>\n"
      "  svg {{ background: #fff; color: #222; }}\n"
      "  text {{ fill: currentColor; }}\n"
      "  .grid {{ stroke: #ddd; }}\n"
      "  .choice {{ fill: #1f6feb; }}\n"
      "  @media (prefers-color-scheme: dark) {{\n"
      "    svg {{ background: #16181d; color: #ddd; }}\n"
      "    .grid {{ stroke: #3a3f4b; }}\n"
      "    .choice {{ fill: #6cb2ff; }}\n"
      "  }}\n"
      "</style>\n"
      "<title>{2}</title>\n"
      "<text x=\"{3}\" y=\"24\" font-size=\"15\">{2}</text>\n"
      "<text x=\"{3}\" y=\"42\">each choice: degrees, then {4}</text>\n",
      width, height, escaped(front.function), left, front.meets_error ? "bits" : "key switches");
  for (double value = levels.low; value <= levels.high + levels.step / 4; value += levels.step) {
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/>\n"
        "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:g}</text>\n",
        x(value), top, height - bottom, height - bottom + 18, value);
  }
  for (double value = heights.low; value <= heights.high + heights.step / 4;
       value += heights.step) {
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{1}\" y1=\"{0:.1f}\" x2=\"{2}\" y2=\"{0:.1f}\"/>\n"
        "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:g}</text>\n",
        y(value), left, width - right, left - 8, y(value) + 4, value);
  }
  svg += fmt::format(
      "<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">levels</text>\n"
      "<text transform=\"translate(18 {:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
      (left + width - right) / 2, height - 14, (top + height - bottom) / 2,
      front.meets_error ? "key switches" : "bits");
  // A label stands beside its point, above or below where it would touch another, or nowhere.
  constexpr double line_height = 13;
  constexpr double letter_width = 6.5;
  struct Box {
    double from, to, middle;
    bool touches(const Box& other) const {
      return from < other.to && other.from < to && std::abs(middle - other.middle) < line_height;
    }
  };
  std::vector<Box> taken;
  constexpr double radius = 4;
  for (const FrontRow& row : front.rows) {
    const double px = x(row.levels);
    const double py = y(height_of(row));
    taken.push_back({px - radius, px + radius, py});
    svg += fmt::format(
        "<circle class=\"choice\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"><title>{} levels, {} key "
        "switches, latency {:.0f}, {:.2f} bits: {}</title></circle>\n",
        px, py, radius, row.levels, row.key_switches, row.latency, accuracy_bits(row),
        fmt::join(row.degrees, ","));
  }
  for (const FrontRow& row : front.rows) {
    const std::string other = front.meets_error ? fmt::format("{:.1f}", accuracy_bits(row))
                                                : std::to_string(row.key_switches);
    const std::string what = fmt::format("{} ({})", fmt::join(row.degrees, ","), other);
    const double start = x(row.levels) + 2 * radius;
    const double end = start + letter_width * static_cast<double>(what.size());
    for (const double shift : {0.0, -line_height, line_height}) {
      const Box box{start, end, y(height_of(row)) + shift};
      if (std::ranges::any_of(taken, [&](const Box& there) { return box.touches(there); }))
        continue;
      taken.push_back(box);
      svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", start, box.middle + radius,
                         what);
      break;
    }
  }
  return svg + "</svg>\n";
}

}  // namespace equiripple
