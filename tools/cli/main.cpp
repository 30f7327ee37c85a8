// The binary: parses the command line, runs one command, turns its end into an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "tools/cli/failure.hpp"
#include "tools/cli/interrupts.hpp"
#include "tools/cli/invocation.hpp"
#include "tools/cli/manual/terminal.hpp"

namespace {

using equiripple::ExitStatus;

int report(ExitStatus status, const std::string& message) {
  const std::string name = equiripple::takes_colour(stderr) ? equiripple::red("equiripple:")
                                                            : std::string("equiripple:");
  fmt::print(stderr, "{} {}\n", name, message);
  return static_cast<int>(status);
}

int run(int argc, char** argv) {
  equiripple::CommandLine line;
  try {
    equiripple::invoke(line, {argv + 1, argv + argc});
  } catch (const CLI::Success& success) {  // --help, --version
    return line.app.exit(success);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  equiripple::clean_up_when_interrupted();
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
