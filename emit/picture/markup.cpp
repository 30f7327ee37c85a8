// Character by character.
#include "emit/picture/markup.hpp"

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

}  // namespace equiripple
