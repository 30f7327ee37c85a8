// Character by character.
#include "emit/picture/markup.hpp"

#include <fmt/format.h>

namespace equiripple {

std::string escaped_markup(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&#39;"; break;
      default: {
        const auto code = static_cast<unsigned char>(c);
        const bool control = (code < 0x20 && c != '\n' && c != '\t') || code == 0x7f;
        safe += control ? '?' : c;
      }
    }
  }
  return safe;
}

std::string open_svg(double width, double height, const std::string& label,
                     const std::string& classes, const std::string& data) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart{}\" viewBox=\"0 0 {} {:.0f}\" "
      "width=\"{}\" height=\"{:.0f}\" role=\"img\" aria-label=\"{}\"{}>\n",
      classes.empty() ? "" : " " + classes, width, height, width, height, escaped_markup(label),
      data);
}

}  // namespace equiripple
