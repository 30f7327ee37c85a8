// fork and exec, output through files.
#include "tests/support/command.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/data.hpp"

namespace equiripple::test {

namespace fs = std::filesystem;

CommandResult run(const std::vector<std::string>& words, const std::string& folder) {
  const TemporaryFolder captured;
  const std::string output = captured / "output";
  const std::string errors = captured / "errors";
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT, 0600);
    const int err = ::open(errors.c_str(), O_WRONLY | O_CREAT, 0600);
    if (::chdir(folder.c_str()) != 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0) ::_exit(126);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content_of(output), content_of(errors)};
}

std::string binary() { return EQUIRIPPLE_BINARY; }

std::string build_folder() { return EQUIRIPPLE_BUILD_DIR; }

CommandResult equiripple(std::vector<std::string> arguments, const std::string& folder) {
  arguments.insert(arguments.begin(), binary());
  return run(arguments, folder);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = fs::temp_directory_path() / "equiripple-test-XXXXXX";
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::size_t TemporaryFolder::files() const {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(path_)) {
    static_cast<void>(entry);
    ++count;
  }
  return count;
}

bool is_installed(const std::string& program) {
  return run({"sh", "-c", "command -v " + program}).status == 0;
}

bool has_terminal() {
  return is_installed("script") && run({"script", "-qec", "true", "/dev/null"}).status == 0;
}

void write_text(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace equiripple::test
