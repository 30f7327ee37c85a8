// CLI11 parses; what it would say badly or take wrongly is seen here first.
#include "tools/cli/invocation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <sstream>

#include "emit/failure.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"
#include "emit/version.hpp"
#include "generator/function/suggestion.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/manual/formatter.hpp"
#include "tools/cli/manual/terminal.hpp"
#include "tools/cli/timing.hpp"

namespace equiripple {
namespace {

std::vector<std::string> known_commands(const CLI::App& app) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  return known;
}

// "--function -x^2" as "--function=-x^2": a value may begin with a minus.
std::vector<std::string> joined_values(const CLI::App& app, std::vector<std::string> words) {
  if (words.empty()) {
    wrong_request(fmt::format("a command is missing: {}; see equiripple --help",
                              fmt::join(known_commands(app), ", ")));
  }
  if (words[0].starts_with('-')) return {words.rbegin(), words.rend()};
  const CLI::App& command = command_named(app, words[0]);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool is_long = words[i].size() > 2 && words[i].starts_with("--");
    if (!is_long && words[i] != "-o") continue;
    const CLI::Option& option = option_named(command, words[i].substr(0, words[i].find('=')));
    if (option.get_items_expected_max() == 0) continue;
    if (words[i].ends_with('=')) wrong_request(words[i] + ": the value is empty");
    if (words[i].find('=') != std::string::npos || i + 1 >= words.size()) continue;
    if (words[i + 1].empty()) wrong_request(words[i] + " '': the value is empty");
    if (!is_long) words[i] = "--output";
    words[i] += "=" + words[i + 1];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return {words.rbegin(), words.rend()};  // CLI11 takes them from the back
}

}  // namespace

CommandLine::CommandLine()
    : app(std::make_unique<CLI::App>(
          "Polynomial approximations for computing on encrypted data: minimax and composite "
          "sign polynomials, with error bounds, as C++ headers.",
          "equiripple")) {
  app->set_version_flag("--version", std::string("equiripple ") + version);
  app->require_subcommand(1);
  app->formatter(std::make_shared<ManualFormatter>(takes_colour(stdout)));
  app->footer(
      "Exit status: 0 done; 2 the request is wrong; 3 the request cannot be met; 4 a\n"
      "claim does not hold (verify); 5 the machine failed.\n"
      "'equiripple COMMAND --help' explains a command.\n");
  Commands commands(*app, chosen, timed);
  add_commands(commands);
}

CommandLine::~CommandLine() = default;

const CLI::App& command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == name) return *command;
  }
  const auto known = known_commands(app);
  wrong_request(fmt::format("unknown command {}{}; known: {}", shown(name), suggestion(name, known),
                            fmt::join(known, ", ")));
}

const CLI::Option& option_named(const CLI::App& command, std::string_view name) {
  const std::string word(name);
  if (const CLI::Option* option = command.get_option_no_throw(word)) return *option;
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_lnames().empty()) known.push_back("--" + option->get_lnames().front());
  }
  const std::string why = word == "--refresh" ? why_not_refreshed(command.get_name()) : "";
  if (!why.empty()) {
    wrong_word("--refresh", fmt::format(": not of {}: {}", command.get_name(), why));
  }
  wrong_request(fmt::format("unknown option {}{}; {} takes {}", shown(word),
                            suggestion(word, known), command.get_name(), fmt::join(known, " ")));
}

std::string invoke(CommandLine& line, std::vector<std::string> words) {
  try {
    line.app->parse(joined_values(*line.app, std::move(words)));
  } catch (const CLI::Success& success) {  // --help, --version
    std::ostringstream text;
    line.app->exit(success, text, text);
    return text.str();
  } catch (const CLI::ParseError& error) {
    wrong_request(error.what());
  }
  const TimedRun run(line.timed);
  line.chosen();
  return {};
}

}  // namespace equiripple
