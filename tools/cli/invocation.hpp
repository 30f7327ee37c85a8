// A command line, from its words to the end of its command.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace equiripple {

/// All commands, with their help. Parsing selects one; `chosen` then runs it.
struct CommandLine {
  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  std::unique_ptr<CLI::App> app;
  std::function<void()> chosen{};
  bool timed = false;  // --timing
};

/// The command of this name; a wrong request where there is none, with what it may have meant.
[[nodiscard]] const CLI::App& command_named(const CLI::App& app, const std::string& name);

/// "--degree", or a wrong request likewise.
[[nodiscard]] const CLI::Option& option_named(const CLI::App& command, std::string_view name);

/// Parses the words after the program's name and runs the command. What --help and --version ask
/// for is returned instead; wrong words are a wrong request.
[[nodiscard]] std::string invoke(CommandLine& line, std::vector<std::string> words);

}  // namespace equiripple
