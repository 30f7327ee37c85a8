// The binary: parses the command line, runs one command, turns its end into an exit status.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>

#include "emit/failure.hpp"
#include "generator/numbers/memory.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/interrupts.hpp"
#include "tools/cli/invocation.hpp"
#include "tools/cli/manual/terminal.hpp"

namespace {

using equiripple::Status;

int report(Status status, const std::string& message) {
  const std::string name = equiripple::takes_colour(stderr) ? equiripple::red("equiripple:")
                                                            : std::string("equiripple:");
  fmt::print(stderr, "{} {}\n", name, message);
  return static_cast<int>(status);
}

// Called by libraries of C, which no exception may pass: what is half-written has a name that the
// next run takes over.
[[noreturn]] void end_without_memory() {
  std::fputs("equiripple: out of memory\n", stderr);
  std::_Exit(static_cast<int>(Status::machine_failed));
}

}  // namespace

int main(int argc, char** argv) {
  equiripple::when_memory_is_exhausted(end_without_memory);
  try {
    equiripple::clean_up_when_interrupted();
    equiripple::CommandLine line;
    equiripple::write_output(equiripple::invoke(line, {argv + 1, argv + argc}));
    return static_cast<int>(Status::made);
  } catch (const equiripple::Failure& failure) {
    return report(failure.status(), failure.what());
  } catch (const std::bad_alloc&) {
    return report(Status::machine_failed, "out of memory");
  } catch (const std::exception& error) {
    return report(Status::machine_failed, error.what());
  }
}
