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

int report(ExitStatus status, const std::string& message) {
  fmt::print(stderr, "equiripple: {}\n", message);
  return static_cast<int>(status);
}

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  std::string known;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == name) return command;
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  equiripple::wrong_request(fmt::format("unknown command '{}'; known: {}", name, known));
}

// "--function -x^2" as "--function=-x^2": a value may begin with a minus.
std::vector<std::string> joined_values(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty() || words[0].starts_with('-')) return {words.rbegin(), words.rend()};
  const CLI::App* command = command_named(app, words[0]);
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i].size() < 3 || !words[i].starts_with("--")) continue;
    const CLI::Option* option = command->get_option_no_throw(words[i]);
    if (option == nullptr || option->get_items_expected_max() == 0) continue;
    if (words[i + 1].empty()) equiripple::wrong_request(words[i] + " '': the value is empty");
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
      "Exit status: 0 done; 2 the request is wrong; 3 the request cannot be met; 4 a claim "
      "does not\nhold; 5 the machine failed. 'equiripple COMMAND --help' explains a "
      "command.\n");
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
