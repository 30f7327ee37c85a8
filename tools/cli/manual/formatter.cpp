// Breaks between words; never inside one.
#include "tools/cli/manual/formatter.hpp"

#include <sstream>
#include <utility>

#include "tools/cli/manual/terminal.hpp"

namespace equiripple {
namespace {

constexpr std::size_t width = 80;

}  // namespace

std::string wrapped(const std::string& text, std::size_t indent, std::size_t most) {
  std::istringstream words(text);
  std::string lines;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) lines += std::string(indent, ' ') + line + "\n";
    line.clear();
  };
  for (std::string word; words >> word;) {
    if (!line.empty() && indent + line.size() + 1 + word.size() > most) end_line();
    line += (line.empty() ? "" : " ") + word;
  }
  end_line();
  return lines;
}

std::string ManualFormatter::name(const std::string& text) const {
  return coloured_ ? bold(text) : text;
}

std::string ManualFormatter::make_description(const CLI::App* app) const {
  return wrapped(app->get_description(), 0, width) + "\n";
}

std::string ManualFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  return "  " + name(make_option_name(option, is_positional)) + make_option_opts(option) + "\n" +
         wrapped(option->get_description(), 6, width);
}

std::string ManualFormatter::make_subcommand(const CLI::App* command) const {
  const std::string title = command->get_name();
  const std::size_t column = get_column_width();
  const std::string text = wrapped(command->get_description(), column, width);
  const std::size_t used = 2 + title.size();
  return "  " + name(title) + (used < column ? text.substr(used) : "\n" + text);
}

// Prose is wrapped; indented lines, which are examples, keep their breaks, as their heading does.
std::string ManualFormatter::make_footer(const CLI::App* app) const {
  std::istringstream lines(app->get_footer());
  std::string text;
  std::string prose;
  const auto end_prose = [&] { text += wrapped(std::exchange(prose, {}), 0, width); };
  for (std::string line; std::getline(lines, line);) {
    const bool heading = line == "Examples:";
    const bool verbatim = line.empty() || line.starts_with(' ') || heading;
    if (!verbatim) {
      prose += line + " ";
      continue;
    }
    end_prose();
    text += (heading ? name(line) : line) + "\n";
  }
  end_prose();
  return text;
}

}  // namespace equiripple
