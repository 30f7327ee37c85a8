// What the documents say is true: their commands run, their output is what is printed, their links
// lead somewhere.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> documents = {"README.md",
                                            "tools/docs/guide.md",
                                            "tools/docs/mathematics.md",
                                            "tools/docs/architecture.md",
                                            "tools/docs/compatibility.md",
                                            "tools/docs/networks.md",
                                            "tools/docs/plans.md",
                                            "tools/docs/changelog.md"};

struct Block {
  std::string language;  // of a fenced block; empty for an indented one
  std::vector<std::string> lines;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<Block> code_blocks(const std::string& text) {
  std::vector<Block> blocks;
  bool fenced = false;
  bool indented = false;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("```")) {
      fenced = !fenced;
      if (fenced) blocks.push_back({line.substr(3), {}});
      indented = false;
    } else if (fenced) {
      blocks.back().lines.push_back(line);
    } else if (line.starts_with("    ")) {
      if (!indented) blocks.push_back({});
      blocks.back().lines.push_back(line.substr(4));
      indented = true;
    } else {
      indented = false;
    }
  }
  return blocks;
}

// Without what follows as a remark: "(smallest degree)" or "# the bits".
std::string command_in(const std::string& line) {
  static const std::regex remark("( +\\([^']*\\)| +# .*)$");
  return std::regex_replace(line.starts_with("$ ") ? line.substr(2) : line, remark, "");
}

bool is_command(const std::string& line) {
  return line.starts_with("equiripple ") || line.starts_with("$ equiripple ");
}

test::CommandResult run(const test::TemporaryFolder& folder, const std::string& command) {
  const std::string tool = fs::path(test::binary()).parent_path().string();
  return test::run({"sh", "-c", "PATH=" + tool + ":$PATH; " + command}, folder.path());
}

// Whether the shown lines stand in the output, in order; "..." stands for any.
std::string missing_line(const std::vector<std::string>& shown, const std::string& output) {
  const auto printed = lines_of(output);
  std::size_t next = 0;
  for (const std::string& line : shown) {
    if (line.find_first_not_of(' ') == std::string::npos) continue;
    const std::string trimmed = line.substr(line.find_first_not_of(' '));
    if (trimmed == "...") continue;
    while (next < printed.size() && printed[next].find(trimmed) == std::string::npos) ++next;
    if (next == printed.size()) return line;
  }
  return {};
}

void check_block(const test::TemporaryFolder& folder, const Block& block) {
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    if (!is_command(block.lines[i])) continue;
    const std::string command = command_in(block.lines[i]);
    CAPTURE(command);
    std::vector<std::string> shown;
    if (block.lines[i].starts_with("$ ")) {
      while (i + 1 < block.lines.size() && !is_command(block.lines[i + 1])) {
        shown.push_back(block.lines[++i]);
      }
    }
    const auto result = run(folder, command);
    const bool refused = !shown.empty() && shown.front().starts_with("equiripple: ");
    if (command.find("--explain") != std::string::npos && result.status == 3) {
      CHECK_FALSE(result.errors.empty());  // of a request that cannot be met: what would be
    } else {
      CHECK_MESSAGE((result.status == 0) == !refused, result.errors);
    }
    const std::string missing = missing_line(shown, result.output + result.errors);
    CHECK_MESSAGE(missing.empty(), missing);
  }
}

}  // namespace

// "| 8 | one, degree 40 | 6 | 6 | 1.015 | ...": what `relu --bits 8` has.
TEST_CASE("the table of one polynomial or a composition is what is made") {
  const test::TemporaryFolder folder;
  int rows = 0;
  for (const std::string& line : lines_of(test::content_of(test::source_folder() + "/README.md"))) {
    std::smatch row;
    static const std::regex searched(
        R"(\| (\d+) \| (?:one, degree (\d+)|\{([\d,]+)\}) \| (\d+) \| (\d+) \| ([\d.]+) \|.*)");
    if (!std::regex_match(line, row, searched)) continue;
    CAPTURE(line);
    ++rows;
    const auto result = run(folder, "equiripple relu --bits " + row[1].str() + " -o f.json");
    REQUIRE(result.status == 0);
    const auto file = nlohmann::json::parse(test::content_of(folder / "f.json"));
    std::string degrees;
    for (const auto& stage : file["stages"]) {
      degrees += (degrees.empty() ? "" : ",") + std::to_string(stage["degree"].get<int>());
    }
    CHECK(degrees == row[2].str() + row[3].str());
    CHECK(std::to_string(file["plan"]["levels"].get<int>()) == row[4].str());
    CHECK(std::to_string(file["plan"]["key_switches"].get<int>()) == row[5].str());
  }
  CHECK(rows == 8);
}

TEST_CASE("every command in the documents runs, and prints what is shown") {
  for (const std::string& document : documents) {
    CAPTURE(document);
    const test::TemporaryFolder folder;
    test::write_text(folder / "measured.txt",
                     "-2 4\n-1 1\n-0.5 0.3\n0 0\n0.5 0.2\n1 1\n1.5 2.2\n2 4\n3 9\n");
    test::write_text(folder / "met.txt", "-3 -2.5 0.5 1 4 7.25 9 -12\n");
    const auto blocks = code_blocks(test::content_of(test::source_folder() + "/" + document));
    for (const Block& block : blocks) {
      if (block.language != "toml") continue;
      std::string text;
      for (const std::string& line : block.lines) text += line + "\n";
      // A first line "# NAME.toml" says what the file is called.
      static const std::regex named("# ([a-z]+\\.toml)");
      std::smatch name;
      const bool has_name = std::regex_match(block.lines.front(), name, named);
      test::write_text(folder / (has_name ? name[1].str() : "functions.toml"), text);
    }
    for (const Block& block : blocks) {
      check_block(folder, block);
      // The head of a header that was made before.
      if (!block.lines.empty() && block.lines.front().starts_with("// Function")) {
        const std::string missing =
            missing_line(block.lines, test::content_of(folder / "relu.hpp"));
        CHECK_MESSAGE(missing.empty(), missing);
      }
    }
  }
}

TEST_CASE("the check of shown output rejects a line that is not printed") {
  CHECK(missing_line({"a", "...", "  c"}, "a\nb\n  c d\n").empty());
  CHECK(missing_line({"a", "x"}, "a\nb\n") == "x");
  CHECK(missing_line({"b", "a"}, "a\nb\n") == "a");
  CHECK(command_in("equiripple relu --bits 3  (a remark)") == "equiripple relu --bits 3");
  CHECK(command_in("$ equiripple x '(y)'") == "equiripple x '(y)'");
}

TEST_CASE("links in the documents lead to files") {
  static const std::regex link("\\]\\(([^)#]*)[^)]*\\)");
  for (const std::string& document : documents) {
    const fs::path path = fs::path(test::source_folder()) / document;
    const std::string text = test::content_of(path.string());
    for (auto it = std::sregex_iterator(text.begin(), text.end(), link);
         it != std::sregex_iterator(); ++it) {
      const std::string target = (*it)[1];
      if (target.empty() || target.starts_with("http")) continue;
      CHECK_MESSAGE(fs::exists(path.parent_path() / target), document << ": " << target);
    }
  }
}

TEST_CASE("the README's picture is what plot draws") {
  const test::TemporaryFolder folder;
  REQUIRE(test::equiripple({"sign", "--gap", "2^-4", "--degrees", "7,7", "-o", "sign.json"},
                           folder.path())
              .status == 0);
  REQUIRE(test::equiripple({"plot", "sign.json", "-o", "sign.svg"}, folder.path()).status == 0);
  CHECK(test::content_of(folder / "sign.svg") ==
        test::content_of(test::source_folder() + "/tools/docs/sign.svg"));
}

TEST_CASE("the reference is made without a warning") {
  if (!test::is_installed("doxygen")) {
    MESSAGE("SKIPPED: there is no doxygen");
    return;
  }
  const test::TemporaryFolder folder;
  const auto made =
      test::run({"env", "EQUIRIPPLE_DOCS=" + folder.path(), "doxygen", "tools/docs/Doxyfile"},
                test::source_folder());
  CHECK_MESSAGE(made.errors.empty(), made.errors);
  CHECK(made.status == 0);
  CHECK(fs::exists(folder / "html/index.html"));
  test::write_text(folder / "wrong.hpp", "/// An <svg> tag.\nstruct Wrong {};\n");
  const auto refused =
      test::run({"sh", "-c",
                 "sed 's|^INPUT .*|INPUT = " + folder / "wrong.hpp" +
                     "|' tools/docs/Doxyfile | EQUIRIPPLE_DOCS=" + folder.path() + " doxygen -"},
                test::source_folder());
  CHECK(refused.status != 0);
}
