// Whatever ends `generate`, no file is partial or wrong, and the next run makes all of them.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"
#include "tools/cli/interrupts.hpp"
#include "tools/cli/partial_file.hpp"

using namespace equiripple;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

// Twelve functions; `range` makes them others.
std::string spec_of(int range) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    const bool fast = i % 2 == 0;
    text += "[f" + std::to_string(i) + "]\n" +
            (fast ? "command = \"minimax\"\nfunction = \"exp(x)\"\ndomain = \"[0," : "") +
            (fast ? std::to_string(range) + "]\"\ndegree = " + std::to_string(i + 2) + "\n"
                  : "command = \"relu\"\ndegrees = [7, 7]\nrange = " + std::to_string(range + i) +
                        "\n");
  }
  return text;
}

std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = test::content_of(entry.path().string());
    }
  }
  return files;
}

bool is_partial(const std::string& name) { return name.ends_with(".partial"); }

pid_t start(const std::string& folder, std::vector<std::string> words) {
  words.insert(words.begin(), test::binary());
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_WRONLY);
    if (::chdir(folder.c_str()) != 0 || ::dup2(nothing, 2) < 0) ::_exit(126);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  return child;
}

int status_of(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return status;
}

std::vector<std::string> generate(const std::string& spec, bool cached) {
  std::vector<std::string> words = {"generate", spec, "--out-dir", "out", "--jobs", "3"};
  if (cached) words.insert(words.end(), {"--cache", "cache"});
  return words;
}

}  // namespace

TEST_CASE("kill -9 at any moment leaves whole files") {
  const std::uint64_t seed = test::seed();
  MESSAGE("EQUIRIPPLE_SEED=" << seed);
  test::Random random(seed);
  const test::TemporaryFolder folder;
  std::map<std::string, std::set<std::string>> allowed;  // what each file may hold
  double longest = 0;
  for (const int range : {1, 2}) {
    const std::string spec = std::to_string(range) + ".toml";
    test::write_text(folder / spec, spec_of(range));
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(test::equiripple({"generate", spec, "--out-dir", "whole"}, folder.path()).status == 0);
    longest = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (const auto& [name, content] : files_in(folder / "whole")) allowed[name].insert(content);
  }
  REQUIRE(allowed.size() == 12);
  int killed = 0;
  const int times = 24 * test::effort();
  for (int i = 0; i < times; ++i) {
    const bool cached = i % 3 == 2;
    const pid_t child = start(folder.path(), generate(i % 2 == 0 ? "1.toml" : "2.toml", cached));
    const double wait = test::real_between(random, 0, longest);
    std::this_thread::sleep_for(std::chrono::duration<double>(wait));
    ::kill(child, SIGKILL);
    killed += WIFSIGNALED(status_of(child)) ? 1 : 0;
    for (const auto& [name, content] : files_in(folder / "out")) {
      if (is_partial(name)) continue;
      CHECK_MESSAGE(allowed[name].contains(content), name << " after " << wait << " s");
    }
  }
  CHECK(killed > times / 4);
  for (const bool cached : {false, true}) {
    REQUIRE(test::equiripple(generate("1.toml", cached), folder.path()).status == 0);
    const auto files = files_in(folder / "out");
    CHECK(files.size() == 12);  // none is partial
    for (const auto& [name, content] : files) CHECK(allowed[name].contains(content));
  }
}

TEST_CASE("what a killed writer leaves is taken over, or removed where nothing is to be written") {
  const test::TemporaryFolder folder;
  const std::string longer(1 << 20, '/');  // than the file that is to be
  test::write_text(folder / ".r.hpp.partial", longer);
  const std::vector<std::string> words = {"relu", "--degrees", "3", "-o", "r.hpp"};
  REQUIRE(test::equiripple(words, folder.path()).status == 0);
  CHECK(folder.files() == 1);
  const std::string content = test::content_of(folder / "r.hpp");
  CHECK(content.size() < longer.size());
  CHECK(test::equiripple({"verify", "r.hpp"}, folder.path()).status == 0);
  test::write_text(folder / ".r.hpp.partial", longer);
  REQUIRE(test::equiripple(words, folder.path()).status == 0);
  CHECK(folder.files() == 1);
  CHECK(test::content_of(folder / "r.hpp") == content);
}

TEST_CASE("an interrupt ends it as if it were not caught, with nothing left beside") {
  const std::uint64_t seed = test::seed();
  MESSAGE("EQUIRIPPLE_SEED=" << seed);
  test::Random random(seed);
  const test::TemporaryFolder folder;
  test::write_text(folder / "1.toml", spec_of(1));
  int caught = 0;
  for (int i = 0; i < 10 * test::effort(); ++i) {
    const int signal = i % 2 == 0 ? SIGINT : SIGTERM;
    fs::remove_all(folder / "out");
    const pid_t child = start(folder.path(), generate("1.toml", false));
    std::this_thread::sleep_for(std::chrono::milliseconds(test::integer_between(random, 20, 170)));
    ::kill(child, signal);
    const int status = status_of(child);
    if (WIFSIGNALED(status)) {
      ++caught;
      CHECK(WTERMSIG(status) == signal);
    }
    for (const auto& [name, content] : files_in(folder / "out")) CHECK_FALSE(is_partial(name));
  }
  CHECK(caught > 0);
  const auto in_a_shell = test::run(
      {"sh", "-c", "\"$0\" generate 1.toml --out-dir other & sleep 0.05; kill -TERM $!; wait $!",
       test::binary()},
      folder.path());
  CHECK(in_a_shell.status == 143);
}

TEST_CASE("an interrupt between two writes removes what was written") {
  const test::TemporaryFolder folder;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      clean_up_when_interrupted();
      const PartialFile partial(folder / "r.hpp");
      partial.write("half");
      ::kill(::getpid(), signal);  // to the process, as from outside
      while (true) ::pause();
    }
    const int status = status_of(child);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == signal));
    CHECK(folder.files() == 0);
  }
}

TEST_CASE("a writer waits for another of the same file, and leaves it alone when interrupted") {
  const test::TemporaryFolder folder;
  // Another writer of the same file holds the lock, until this one has been interrupted.
  const std::string partial = folder / ".r.hpp.partial";
  test::write_text(partial, "of the other");
  const int other = ::open(partial.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  const pid_t child = start(folder.path(), {"relu", "--degrees", "3", "-o", "r.hpp"});
  std::this_thread::sleep_for(500ms);
  int status = 0;
  CHECK(::waitpid(child, &status, WNOHANG) == 0);  // it waits
  ::kill(child, SIGTERM);
  status = status_of(child);
  CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM));
  CHECK(test::content_of(partial) == "of the other");
  CHECK_FALSE(fs::exists(folder / "r.hpp"));
  ::close(other);
}
