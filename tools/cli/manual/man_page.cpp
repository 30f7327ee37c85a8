// Text is escaped: a backslash is \e, a leading dot or quote is no macro, a minus is no hyphen.
#include "tools/cli/manual/man_page.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>

#include "emit/version.hpp"

namespace equiripple {
namespace {

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '\\': safe += "\\e"; break;
      case '-': safe += "\\-"; break;
      case '\'': safe += "\\(aq"; break;
      case '^': safe += "\\(ha"; break;
      case '~': safe += "\\(ti"; break;
      default: safe += c;
    }
  }
  if (safe.starts_with('.')) safe.insert(0, "\\&");
  return safe;
}

std::string option_entry(const CLI::Option& option) {
  const CLI::Formatter names;
  const bool positional = option.get_positional();
  return fmt::format(".TP\n\\fB{}\\fR{}\n{}\n",
                     escaped(names.make_option_name(&option, positional)),
                     escaped(names.make_option_opts(&option)), escaped(option.get_description()));
}

// Examples and remarks keep their lines.
std::string verbatim(const std::string& text) {
  std::istringstream lines(text);
  std::string page = ".PP\n.nf\n";
  for (std::string line; std::getline(lines, line);) page += escaped(line) + "\n";
  return page + ".fi\n";
}

std::string command_section(const CLI::App& command) {
  std::string page = fmt::format(".SS equiripple {}\n{}\n", escaped(command.get_name()),
                                 escaped(command.get_description()));
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty() || option == command.get_help_ptr()) continue;
    page += option_entry(*option);
  }
  if (!command.get_footer().empty()) page += verbatim(command.get_footer());
  return page;
}

}  // namespace

std::string man_page(const CLI::App& app) {
  std::string page = fmt::format(
      ".TH EQUIRIPPLE 1 \"\" \"equiripple {}\" \"User Commands\"\n"
      ".SH NAME\nequiripple \\- polynomial approximations for computing on encrypted data\n"
      ".SH SYNOPSIS\n.B equiripple\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
      ".SH DESCRIPTION\n{}\n",
      version, escaped(app.get_description()));
  page += ".SH COMMANDS\n";
  for (const CLI::App* command : app.get_subcommands({})) page += command_section(*command);
  page += ".SH EXIT STATUS\n" + verbatim(app.get_footer());
  return page;
}

}  // namespace equiripple
