// ANSI's codes for faces, by fmt.
#include "tools/cli/manual/terminal.hpp"

#include <fmt/color.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace equiripple {

bool takes_colour(std::FILE* stream) {
  const char* refused = std::getenv("NO_COLOR");
  if (refused != nullptr && *refused != '\0') return false;
  const char* terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
  return isatty(fileno(stream)) == 1;
}

std::string bold(const std::string& text) { return fmt::format(fmt::emphasis::bold, "{}", text); }

std::string red(const std::string& text) {
  return fmt::format(fmt::emphasis::bold | fg(fmt::terminal_color::red), "{}", text);
}

std::string summary_for(std::FILE* stream, const std::string& text) {
  if (!takes_colour(stream)) return text;
  std::string coloured;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    // "  label  text": a label is what stands between two blanks and two blanks.
    const std::size_t label_end = line.find("  ", 2);
    if (line.starts_with("  ") && line.size() > 2 && line[2] != ' ' &&
        label_end != std::string::npos) {
      line = "  " + bold(line.substr(2, label_end - 2)) + line.substr(label_end);
    }
    coloured += line + "\n";
  }
  return coloured;
}

}  // namespace equiripple
