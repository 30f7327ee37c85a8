// The sources keep the rules of the layers, of file sizes and of references.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/data.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> layers = {"runtime", "generator", "emit", "tools", "tests"};

// What a file of each folder may include from the project: the table of the layers.
const std::map<std::string, std::set<std::string>> allowed = {
    {"runtime", {"runtime"}},
    {"generator", {"generator"}},
    {"emit", {"emit", "generator", "runtime"}},
    {"tools", {"tools", "emit", "generator", "runtime"}},
    {"tests", {"tests", "tools", "emit", "generator", "runtime"}},
};

// Rooms of a layer, and which others each may reach: data flows one way through them. Files beside
// the rooms (artifacts and what reads and writes them) may be reached from each.
const std::map<std::string, std::set<std::string>> rooms = {
    {"emit/plan", {}},
    {"emit/picture", {}},
    {"emit/targets", {"emit/plan"}},
    {"emit/request", {"emit/plan"}},
    {"emit/make", {"emit/plan", "emit/request"}},
    {"emit/verify", {"emit/plan", "emit/request", "emit/make"}},
    {"emit/simulate", {"emit/plan", "emit/request", "emit/targets"}},
    {"emit/survey", {"emit/plan", "emit/request", "emit/make", "emit/simulate"}},
    {"emit/network", {"emit/plan", "emit/request", "emit/make"}},
    {"tools/picture", {"emit/plan", "emit/picture", "emit/request"}},
    {"tools/spec", {"emit/request"}},
    {"tools/network",
     {"emit/plan", "emit/request", "emit/make", "emit/network", "emit/picture", "tools/spec"}},
    {"tools/library",
     {"emit/plan", "emit/request", "emit/make", "emit/verify", "emit/simulate", "emit/survey",
      "emit/network", "emit/targets", "emit/picture", "tools/picture", "tools/network"}},
    {"tools/c", {"emit/request", "tools/library"}},
    {"tools/cli",
     {"emit/plan", "emit/request", "emit/network", "emit/make", "emit/verify", "emit/simulate",
      "emit/survey", "emit/targets", "emit/picture", "tools/picture", "tools/network",
      "tools/spec"}},
};

// Libraries that a folder must not see, by the beginning of the include.
const std::map<std::string, std::vector<std::string>> forbidden = {
    {"runtime",
     {"boost/", "mpfr", "gmp", "fmt/", "nlohmann/", "CLI/", "flint/", "arb", "doctest/"}},
    {"generator",
     {"fmt/", "nlohmann/", "CLI/", "doctest/", "fstream", "iostream", "filesystem", "ctime",
      "chrono", "cstdio", "print"}},
    {"emit", {"CLI/", "doctest/", "fstream", "iostream", "filesystem", "ctime", "chrono"}},
    {"tools", {"doctest/"}},
};

bool is_source(const fs::path& path) {
  return path.extension() == ".hpp" || path.extension() == ".cpp";
}

std::vector<fs::path> sources_of(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(test::source_folder()) / folder)) {
    const bool golden = entry.path().string().find("/golden/") != std::string::npos;
    if (is_source(entry.path()) && !golden) files.push_back(entry.path());
  }
  return files;
}

std::vector<std::string> includes_of(const std::string& text) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#include ", 0) != 0) continue;
    const std::size_t end = line.find_first_of(">\"", 10);
    found.push_back(line.substr(10, end - 10));
  }
  return found;
}

// The folder of the project that an include reaches, or "" for a library's.
std::string layer_of(const std::string& include, const std::string& from) {
  if (include.rfind("equiripple/", 0) == 0) return "runtime";
  for (const std::string& layer : layers) {
    if (include.rfind(layer + "/", 0) == 0) return layer;
  }
  return include.find('/') == std::string::npos && include.ends_with(".hpp") ? from : "";
}

std::string violation(const std::string& folder, const std::string& include) {
  const std::string reached = layer_of(include, folder);
  if (!reached.empty() && !allowed.at(folder).contains(reached)) return "reaches " + reached;
  const auto rules = forbidden.find(folder);
  if (rules == forbidden.end()) return {};
  for (const std::string& beginning : rules->second) {
    if (include.rfind(beginning, 0) == 0) return "includes " + include;
  }
  return {};
}

// The room of a path within the project: its first two folders, where there are as many.
std::string room_of(const std::string& path) {
  const std::size_t layer = path.find('/');
  const std::size_t room = layer == std::string::npos ? layer : path.find('/', layer + 1);
  return room == std::string::npos ? std::string() : path.substr(0, room);
}

std::string wrong_way(const std::string& room, const std::string& include) {
  const std::string reached = room_of(include);
  const auto known = rooms.find(room);
  if (known == rooms.end() || reached == room || !rooms.contains(reached)) return {};
  return known->second.contains(reached) ? std::string() : "reaches " + include;
}

// Only what proves may say so: elsewhere evidence is copied, compared or read back.
bool calls_itself_proved(const std::string& text) {
  return text.find("evidence = Evidence::proved") != std::string::npos;
}

}  // namespace

TEST_CASE("`proved` is written by the generator alone") {
  CHECK(calls_itself_proved("const ErrorEnclosure e{.evidence = Evidence::proved};"));
  CHECK_FALSE(calls_itself_proved("if (e.evidence == Evidence::proved) return;"));
  for (const std::string folder : {"emit", "tools", "runtime"}) {
    for (const fs::path& file : sources_of(folder)) {
      CAPTURE(file);
      CHECK_FALSE(calls_itself_proved(test::content_of(file.string())));
    }
  }
}

// Words are read behind one door, past which what is wrong with them is a value; the makers, and
// what is built on them, answer with values.
bool passes_on_values(const std::string& file, const std::string& text) {
  const bool catches = text.find("catch (const Failure") != std::string::npos;
  const bool is_door = file == "emit/request/reading.hpp";
  const bool ends_work = file == "emit/make/make.cpp";
  if (catches) return is_door || ends_work;
  if (room_of(file) == "emit/request" || file == "emit/failure.hpp" ||
      text.find("read_words(") != std::string::npos) {
    return true;
  }
  return std::ranges::none_of(
      std::vector<std::string>{"wrong_request(", "wrong_word(", "cannot_be_met(", "claim_fails(",
                               "machine_failed(", "throw Failure", "= required(",
                               "return required("},
      [&](const std::string& thrown) { return text.find(thrown) != std::string::npos; });
}

TEST_CASE("expected outcomes are values, and no exceptions") {
  int seen = 0;
  for (const fs::path& file : sources_of("emit")) {
    const std::string name = fs::relative(file, test::source_folder()).string();
    CHECK_MESSAGE(passes_on_values(name, test::content_of(file.string())), name);
    ++seen;
  }
  CHECK(seen > 100);
  CHECK_FALSE(passes_on_values("emit/make/sign.cpp", "if (bad) cannot_be_met(why);"));
  CHECK_FALSE(passes_on_values("emit/make/sign.cpp", "} catch (const Failure& failure) {"));
  CHECK_FALSE(passes_on_values("emit/verify/verify.cpp", "return required(posed_of(artifact));"));
  CHECK(passes_on_values("emit/request/words.cpp", "if (bad) wrong_request(why);"));
  CHECK(passes_on_values("emit/make/sign.cpp", "if (bad) return Refusal{why};"));
}

// A sentence that begins with an option is made by `about` or `wrong_word`, which keep its name:
// nothing reads it off the sentence.
bool loses_option(const std::string& text) {
  static const std::regex sentence(
      R"re((wrong_request|cannot_be_met|Refusal)[({]\s*(fmt::format\(\s*)?"--)re");
  return std::regex_search(text, sentence);
}

TEST_CASE("a refusal carries the option that its sentence is about") {
  for (const std::string folder : {"emit", "tools"}) {
    for (const fs::path& file : sources_of(folder)) {
      CHECK_MESSAGE(!loses_option(test::content_of(file.string())), file.string());
    }
  }
  CHECK(loses_option(R"(wrong_request("--degree: is missing");)"));
  CHECK(loses_option("return Refusal{\n    fmt::format(\"--degree {}: is even\", degree)};"));
  CHECK_FALSE(loses_option(R"(wrong_word("--degree", ": is missing");)"));
}

// One place walks over a program (emit/plan/interpret.hpp); what an operation is, its row says.
TEST_CASE("one interpreter knows the operations of a program") {
  const std::string tells_apart = "switch (step.operation)";
  const std::set<std::string> tell = {"emit/plan/interpret.hpp"};
  for (const std::string folder : {"emit", "tools"}) {
    for (const fs::path& file : sources_of(folder)) {
      const std::string text = test::content_of(file.string());
      const std::string name = fs::relative(file, test::source_folder()).string();
      const bool does = text.find(tells_apart) != std::string::npos &&
                        text.find("case PlanOperation::") != std::string::npos;
      CHECK_MESSAGE(does == tell.contains(name), name);
    }
  }
}

TEST_CASE("data flows one way through the rooms of a layer") {
  std::set<std::string> seen;
  for (const std::string folder : {"emit", "tools"}) {
    for (const fs::path& file : sources_of(folder)) {
      const std::string room = room_of(fs::relative(file, test::source_folder()).string());
      for (const std::string& include : includes_of(test::content_of(file.string()))) {
        const std::string found = wrong_way(room, include);
        CHECK_MESSAGE(found.empty(), file.string() << " " << found);
      }
      seen.insert(room);
    }
  }
  for (const auto& [room, reached] : rooms) CHECK_MESSAGE(seen.contains(room), room);
  CHECK_FALSE(wrong_way("emit/request", "emit/make/make.hpp").empty());
  CHECK_FALSE(wrong_way("emit/plan", "emit/request/request.hpp").empty());
  CHECK_FALSE(wrong_way("emit/make", "emit/verify/verify.hpp").empty());
  CHECK_FALSE(wrong_way("tools/library", "tools/cli/files.hpp").empty());
  CHECK(wrong_way("emit/verify", "emit/make/make.hpp").empty());
  CHECK(wrong_way("emit/make", "emit/artifact.hpp").empty());
}

TEST_CASE("every include keeps to the table of the layers") {
  int seen = 0;
  for (const std::string& folder : layers) {
    for (const fs::path& file : sources_of(folder)) {
      for (const std::string& include : includes_of(test::content_of(file.string()))) {
        const std::string found = violation(folder, include);
        CHECK_MESSAGE(found.empty(), file.string() << " " << found);
        ++seen;
      }
    }
  }
  CHECK(seen > 200);
}

TEST_CASE("the check of the layers sees a wrong include") {
  CHECK_FALSE(violation("generator", "emit/json.hpp").empty());
  CHECK_FALSE(violation("generator", "equiripple/plain.hpp").empty());
  CHECK_FALSE(violation("runtime", "generator/domain.hpp").empty());
  CHECK_FALSE(violation("runtime", "boost/multiprecision/mpfr.hpp").empty());
  CHECK_FALSE(violation("emit", "tools/cli/files.hpp").empty());
  CHECK_FALSE(violation("tools", "tests/support/data.hpp").empty());
  CHECK_FALSE(violation("generator", "fstream").empty());
  CHECK(violation("emit", "generator/domain.hpp").empty());
  CHECK(violation("runtime", "errors.hpp").empty());
}

TEST_CASE("one file names Boost, and few MPFR, FLINT and Arb") {
  for (const std::string& folder :
       {std::string("generator"), std::string("emit"), std::string("tools")}) {
    for (const fs::path& file : sources_of(folder)) {
      const std::string text = test::content_of(file.string());
      const std::string name = file.filename().string();
      for (const std::string& include : includes_of(text)) {
        if (include.rfind("boost/", 0) == 0) CHECK_MESSAGE(name == "real.hpp", file.string());
        if (include.find("arb") == 0 || include.rfind("flint/", 0) == 0) {
          const bool wraps = name == "ball.hpp" || name == "ball_matrix.cpp" ||
                             name == "lattice_reduction.cpp" || name == "memory.cpp";
          CHECK_MESSAGE(wraps, file.string());
        }
      }
      if (name != "real.hpp" && name != "real.cpp" && name != "memory.cpp") {
        CHECK_MESSAGE(text.find("mpfr_") == std::string::npos, file.string());
      }
    }
  }
}

// Libraries of many seconds a file: who includes them is named.
std::string heavy_include(const std::string& file, const std::string& include) {
  const bool is_header = file.ends_with(".hpp");
  if (include == "nlohmann/json.hpp" && is_header) return "brings JSON to all who include it";
  const std::set<std::string> know_the_command_line = {
      "declaration.cpp", "invocation.cpp", "completions.cpp", "man_page.cpp", "formatter.hpp"};
  if (include.starts_with("CLI/") && !know_the_command_line.contains(file)) {
    return "knows the library that reads command lines";
  }
  return {};
}

TEST_CASE("heavy libraries are included where they are needed alone") {
  for (const std::string folder : {"emit", "tools/cli"}) {
    for (const fs::path& file : sources_of(folder)) {
      for (const std::string& include : includes_of(test::content_of(file.string()))) {
        const std::string found = heavy_include(file.filename().string(), include);
        CHECK_MESSAGE(found.empty(), file.string() << " " << found);
      }
    }
  }
  CHECK_FALSE(heavy_include("commands.hpp", "CLI/CLI.hpp").empty());
  CHECK_FALSE(heavy_include("json.hpp", "nlohmann/json.hpp").empty());
}

TEST_CASE("files are short") {
  std::vector<std::size_t> lengths;
  for (const std::string& folder : layers) {
    for (const fs::path& file : sources_of(folder)) {
      const std::string text = test::content_of(file.string());
      const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
      CHECK_MESSAGE(lines <= 500, file.string() << " has " << lines << " lines");
      lengths.push_back(lines);
    }
  }
  std::ranges::sort(lengths);
  CHECK(lengths[lengths.size() / 2] < 120);
}

TEST_CASE("every key of a paper resolves") {
  const std::string references =
      test::content_of(test::source_folder() + "/generator/REFERENCES.md");
  std::set<std::string> keys;
  for (const std::string& folder : layers) {
    if (folder == "tests") continue;
    for (const fs::path& file : sources_of(folder)) {
      const std::string text = test::content_of(file.string());
      for (std::size_t i = text.find('['); i != std::string::npos; i = text.find('[', i + 1)) {
        const std::size_t end = text.find(']', i);
        if (end == std::string::npos) break;
        const std::string key = text.substr(i + 1, end - i - 1);
        // Capital letters and two digits of the year, as in [LLNK20].
        const bool is_key = key.size() >= 4 && key.size() <= 8 &&
                            std::isdigit(static_cast<unsigned char>(key[key.size() - 1])) != 0 &&
                            std::isdigit(static_cast<unsigned char>(key[key.size() - 2])) != 0 &&
                            std::all_of(key.begin(), key.end() - 2,
                                        [](unsigned char c) { return std::isalpha(c) != 0; }) &&
                            std::isupper(static_cast<unsigned char>(key[0])) != 0;
        if (is_key) keys.insert(key);
      }
    }
  }
  CHECK(keys.size() >= 3);
  for (const std::string& key : keys) {
    CHECK_MESSAGE(references.find("[" + key + "]") != std::string::npos, key);
  }
}

TEST_CASE("the top level is what it should be") {
  std::set<std::string> expected = {"generator", "emit",    "runtime",
                                    "tests",     "tools",   "CMakeLists.txt",
                                    "README.md", "LICENSE", "CMakePresets.json"};
  for (const auto& entry : fs::directory_iterator(test::source_folder())) {
    const std::string name = entry.path().filename().string();
    if (name[0] == '.' || name.rfind("build", 0) == 0) continue;
    CHECK_MESSAGE(expected.erase(name) == 1, name);
  }
  CHECK(expected.empty());
}
