// Help, the manual page, completions and colours, by the programs that read them.
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "emit/legible.hpp"
#include "generator/function/suggestion.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tools/cli/manual/formatter.hpp"

using namespace equiripple;

namespace {

std::string tool(const std::vector<std::string>& words) {
  const auto result = test::equiripple(words);
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return result.output;
}

// The first words of indented lines of the help: the commands.
std::vector<std::string> commands() {
  std::istringstream help(tool({"--help"}));
  std::vector<std::string> names;
  for (std::string line; std::getline(help, line);) {
    if (line.starts_with("  ") && line[2] != ' ' && line[2] != '-') {
      names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
  }
  return names;
}

bool lacks(const std::string& program) {
  if (test::is_installed(program)) return false;
  MESSAGE("SKIPPED: there is no " << program);
  return true;
}

// What a shell says a line completes to, by the emitted script.
std::string completed(const test::TemporaryFolder& folder, const std::string& words, int index) {
  test::write_text(folder / "script", tool({"completions", "bash"}));
  const auto result = test::run(
      {"bash", "-c",
       "source ./script; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(index) +
           "; _equiripple; echo \"${COMPREPLY[*]}\""},
      folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return result.output;
}

// The command on a terminal of its own.
std::string on_a_terminal(const std::string& command, const std::string& environment) {
  return test::run(
             {"script", "-qec", environment + " " + test::binary() + " " + command, "/dev/null"})
      .output;
}

}  // namespace

TEST_CASE("every help fits a terminal and has examples where there are options to choose") {
  REQUIRE(commands().size() > 20);
  for (const std::string& command : commands()) {
    CAPTURE(command);
    const std::string help = tool({command, "--help"});
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);)
      CHECK_MESSAGE(line.size() <= (line.starts_with("  equiripple") ? 100 : 80), line);
    CHECK(help.find("Examples:") != std::string::npos);
  }
}

TEST_CASE("text is wrapped between words") {
  CHECK(wrapped("one two three", 2, 9) == "  one two\n  three\n");
  CHECK(wrapped("unbreakable", 2, 5) == "  unbreakable\n");
  CHECK(wrapped("", 2, 5).empty());
}

TEST_CASE("the manual page is one that groff takes without a warning, with every command") {
  const std::string page = tool({"manual"});
  for (const std::string& command : commands()) {
    const std::string title = std::regex_replace(command, std::regex("-"), "\\-");
    CHECK(page.find(".SS equiripple " + title + "\n") != std::string::npos);
  }
  if (lacks("groff")) return;
  const test::TemporaryFolder folder;
  const auto warnings = [&](const std::string& text) {
    test::write_text(folder / "page", text);
    return test::run({"groff", "-man", "-Tascii", "-ww", "-z", "page"}, folder.path()).errors;
  };
  CHECK(warnings(page).empty());
  CHECK_FALSE(warnings(page + ".TP 1 2 3\n.unknown\n").empty());
}

TEST_CASE("bash completes commands, their options, and no option's value") {
  if (lacks("bash")) return;
  const test::TemporaryFolder folder;
  CHECK(completed(folder, "equiripple rel", 1) == "relu\n");
  CHECK(completed(folder, "equiripple relu --ra", 2) == "--range\n");
  CHECK(completed(folder, "equiripple relu --range ''", 3) == "\n");
  CHECK(completed(folder, "equiripple verify scr", 2) == "script\n");
}

TEST_CASE("zsh and fish take their scripts") {
  const test::TemporaryFolder folder;
  for (const char* shell : {"zsh", "fish"}) {
    if (lacks(shell)) continue;
    test::write_text(folder / "script", tool({"completions", shell}));
    const auto checked = test::run({shell, "-n", "script"}, folder.path());
    CHECK_MESSAGE(checked.status == 0, checked.errors);
    CHECK(checked.errors.empty());
  }
  if (lacks("fish")) return;
  const auto offered = test::run(
      {"fish", "-c", "source script; complete -C 'equiripple search --par'"}, folder.path());
  CHECK(offered.output.starts_with("--pareto"));
}

TEST_CASE("another shell is refused") {
  const auto refused = test::equiripple({"completions", "tcsh"});
  CHECK(refused.status == 2);
  CHECK(refused.errors.find("must be bash, zsh or fish") != std::string::npos);
}

TEST_CASE("colours are for terminals, and not where NO_COLOR is set") {
  const std::string escape = "\x1b[";
  for (const char* command : {"--help", "relu --degrees 3", "relay"}) {
    CAPTURE(command);
    CHECK(test::run({"sh", "-c", test::binary() + " " + command}).output.find(escape) ==
          std::string::npos);
    if (!test::has_terminal()) {
      MESSAGE("SKIPPED: there is no script(1), or no terminal for it");
      return;
    }
    CHECK(on_a_terminal(command, "TERM=xterm NO_COLOR=").find(escape) != std::string::npos);
    CHECK(on_a_terminal(command, "TERM=xterm NO_COLOR=1").find(escape) == std::string::npos);
    CHECK(on_a_terminal(command, "TERM=dumb").find(escape) == std::string::npos);
  }
}

TEST_CASE("a misspelt word is told what it may have been, a foreign one is not") {
  const std::vector<std::string> known = {"range", "degrees", "bits"};
  CHECK(suggestion("rnage", known) == "; did you mean 'range'?");
  CHECK(suggestion("degree", known) == "; did you mean 'degrees'?");
  CHECK(suggestion("colour", known).empty());
  CHECK(suggestion(std::string(100'000, 'r'), known).empty());
  CHECK(test::equiripple({"rleu"}).errors.find("did you mean 'relu'?") != std::string::npos);
}

TEST_CASE("a message shows what is UTF-8, and nothing that moves a cursor") {
  CHECK(legible("gr\xc3\xbc\xc3\x9f"
                "e.txt\nx") ==
        "gr\xc3\xbc\xc3\x9f"
        "e.txt\nx");
  CHECK(legible("\xe2\x82\xac \xf0\x9f\x98\x80") == "\xe2\x82\xac \xf0\x9f\x98\x80");
  CHECK(legible("\x1b[31m\t\x7f\r") == "?[31m???");
  CHECK(legible("\xc2\x9b"
                "2J") == "??2J");                       // a control character beyond ASCII
  CHECK(legible("\xc3(") == "?(");                      // no second byte
  CHECK(legible("\xc0\xaf \xe0\x80\xaf") == "?? ???");  // longer than need be
  CHECK(legible("\xed\xa0\x80 \xf4\x90\x80\x80") == "??? ????");  // no characters
  CHECK(legible("\xe2\x82") == "??");                             // cut off
  CHECK(legible("") == "");
}
