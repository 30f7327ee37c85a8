// The binary: parses the command line, runs one command, turns its end into an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <new>
#include <string>
#include <vector>

#include "emit/version.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"

namespace {

using equiripple::ExitStatus;
using equiripple::wrong_request;

int report(ExitStatus status, const std::string& message) {
  fmt::print(stderr, "equiripple: {}\n", message);
  return static_cast<int>(status);
}

std::string known_commands(const CLI::App& app) {
  std::string known;
  for (const CLI::App* command : app.get_subcommands({})) {
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  return known;
}

const CLI::App& command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == name) return *command;
  }
  wrong_request(fmt::format("unknown command '{}'; known: {}", name, known_commands(app)));
}

const CLI::Option& option_named(const CLI::App& command, const std::string& name) {
  if (const CLI::Option* option = command.get_option_no_throw(name)) return *option;
  std::string known;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_lnames().empty()) known += " --" + option->get_lnames().front();
  }
  wrong_request(fmt::format("unknown option '{}'; {} takes{}", name, command.get_name(), known));
}

// "--function -x^2" as "--function=-x^2": a value may begin with a minus.
std::vector<std::string> joined_values(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    wrong_request("a command is missing: " + known_commands(app) + "; see equiripple --help");
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

int run(int argc, char** argv) {
  CLI::App app(
      "Polynomial approximations for computing on encrypted data: minimax and composite "
      "sign polynomials, with error bounds, as C++ headers.",
      "equiripple");
  app.set_version_flag("--version", std::string("equiripple ") + equiripple::version);
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 done; 2 the request is wrong; 3 the request cannot be met; 4 a claim does "
      "not\n"
      "hold (verify); 5 the machine failed. 'equiripple COMMAND --help' explains a command.\n");
  std::function<void()> chosen;
  equiripple::add_commands(app, chosen);
  try {
    app.parse(joined_values(app, argc, argv));
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return report(ExitStatus::wrong_request, error.what());
  }
  chosen();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const equiripple::Failure& failure) {
    return report(failure.status(), failure.what());
  } catch (const std::bad_alloc&) {
    return report(ExitStatus::machine_failed, "out of memory");
  } catch (const std::exception& error) {
    return report(ExitStatus::machine_failed, error.what());
  }
}
