// The picture: levels to the right, accuracy upwards.
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
  double least_bits = 1e9;
  double most_bits = 0;
  int fewest = 1 << 30;
  int most = 0;
  for (const FrontRow& row : front.rows) {
    least_bits = std::min(least_bits, accuracy_bits(row));
    most_bits = std::max(most_bits, accuracy_bits(row));
    fewest = std::min(fewest, row.levels);
    most = std::max(most, row.levels);
  }
  const Axis levels = Axis::over(fewest - 0.5, most + 0.5, 1);
  const Axis bits = Axis::over(least_bits, most_bits, 0.5);
  const auto x = [&](double value) { return levels.at(value, left, width - right); };
  const auto y = [&](double value) { return bits.at(value, height - bottom, top); };

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
      "<text x=\"{3}\" y=\"42\">each choice: key switches, then degrees</text>\n",
      width, height, escaped(front.function), left);
  for (double value = levels.low; value <= levels.high + levels.step / 4; value += levels.step) {
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/>\n"
        "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:g}</text>\n",
        x(value), top, height - bottom, height - bottom + 18, value);
  }
  for (double value = bits.low; value <= bits.high + bits.step / 4; value += bits.step) {
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{1}\" y1=\"{0:.1f}\" x2=\"{2}\" y2=\"{0:.1f}\"/>\n"
        "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:g}</text>\n",
        y(value), left, width - right, left - 8, y(value) + 4, value);
  }
  svg += fmt::format(
      "<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">levels</text>\n"
      "<text transform=\"translate(18 {:.1f}) rotate(-90)\" text-anchor=\"middle\">bits</text>\n",
      (left + width - right) / 2, height - 14, (top + height - bottom) / 2);
  // A label stands beside its point unless it would touch one written before.
  constexpr double line_height = 13;
  std::vector<std::pair<double, double>> labels;
  for (const FrontRow& row : front.rows) {
    const double px = x(row.levels);
    const double py = y(accuracy_bits(row));
    const std::string what = fmt::format("{} ({})", row.key_switches, fmt::join(row.degrees, ","));
    svg += fmt::format(
        "<circle class=\"choice\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"><title>{} levels, {} key "
        "switches, latency {:.0f}, {:.2f} bits: {}</title></circle>\n",
        px, py, row.levels, row.key_switches, row.latency, accuracy_bits(row),
        fmt::join(row.degrees, ","));
    const double length = 6.5 * static_cast<double>(what.size());
    const bool touches = std::ranges::any_of(labels, [&](const auto& other) {
      return std::abs(other.second - py) < line_height && px < other.first &&
             px > other.first - 2 * length;
    });
    if (touches) continue;
    labels.emplace_back(px + length, py);
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", px + 8, py + 4, what);
  }
  return svg + "</svg>\n";
}

}  // namespace equiripple
