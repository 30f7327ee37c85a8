// equiripple_generate where the build makes the tool itself: the rules name the files that the tool
// makes, whatever the spec looks like.
#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

using Names = std::set<std::string>;

// What stands for the tool asks the real one, so that the build takes a second.
class BuildsItsTool {
 public:
  explicit BuildsItsTool(const std::string& spec) {
    write_spec(spec);
    test::write_text(folder_ / "main.cpp", "int main() {}\n");
    test::write_text(folder_ / "tool.cpp",
                     std::string("#include <unistd.h>\nint main(int, char** words) {\n"
                                 "  return execv(\"") +
                         test::binary() + "\", words);\n}\n");
    test::write_text(folder_ / "CMakeLists.txt",
                     "cmake_minimum_required(VERSION 3.20)\n"
                     "project(p LANGUAGES CXX)\n"
                     "include(" +
                         test::source_folder() +
                         "/tools/cmake/equiripple-generate.cmake)\n"
                         "add_library(equiripple_runtime INTERFACE)\n"
                         "add_library(equiripple::runtime ALIAS equiripple_runtime)\n"
                         "add_executable(tool tool.cpp)\n"
                         "add_executable(equiripple::tool ALIAS tool)\n"
                         "add_executable(app main.cpp)\n"
                         "equiripple_generate(TARGET app SPEC f.toml OUT_DIR out)\n");
    step({"cmake", "-G", "Ninja", "-S", ".", "-B", "build"});
  }

  void build() const { step({"cmake", "--build", "build"}); }
  bool has_nothing_to_do() const {
    return step({"cmake", "--build", "build"}).find("no work to do") != std::string::npos;
  }
  void write_spec(const std::string& spec) const { test::write_text(folder_ / "f.toml", spec); }

  // The files that the rules say are made.
  Names byproducts() const {
    const std::string rules = test::content_of(folder_ / "build/build.ninja");
    const std::regex file(R"(out/([A-Za-z0-9_]+\.(hpp|json))\b)");
    Names names;
    for (std::sregex_iterator at(rules.begin(), rules.end(), file), end; at != end; ++at) {
      names.insert((*at)[1]);
    }
    return names;
  }

 private:
  std::string step(const std::vector<std::string>& words) const {
    const auto result = test::run(words, folder_.path());
    const std::string said = result.output + result.errors;
    REQUIRE_MESSAGE(result.status == 0, said);
    return result.output;
  }

  test::TemporaryFolder folder_;
};

std::string options(const std::string& more) {
  return "command = \"minimax\"\nfunction = \"x\"\ndomain = \"[-1,1]\"\ndegree = 1\n" + more;
}

const std::string inline_options =
    "command = \"minimax\", function = \"x\", domain = \"[-1,1]\", degree = 1";

Names listed_by_tool(const std::string& spec) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.toml", spec);
  const auto listed = test::equiripple({"generate", "--list", "f.toml"}, folder.path());
  REQUIRE_MESSAGE(listed.status == 0, listed.errors);
  std::istringstream lines(listed.output);
  Names names;
  for (std::string name; std::getline(lines, name);) names.insert(name);
  return names;
}

}  // namespace

TEST_CASE("a build that makes its tool knows the files of an ordinary spec at once") {
  if (!test::is_installed("ninja")) {
    MESSAGE("SKIPPED: ninja is not installed");
    return;
  }
  const std::string spec = "[a]\n" + options("format = \"hpp\"  # not json\n") +
                           "  [ b ]  # format = \"json\"\n" + options("") + "['c']\n" +
                           options("format='json'#hpp\n");
  const BuildsItsTool project(spec);
  CHECK(project.byproducts() == Names{"a.hpp", "b.hpp", "c.json"});
  CHECK(project.byproducts() == listed_by_tool(spec));
  project.build();
  CHECK(project.has_nothing_to_do());
}

TEST_CASE("a build that makes its tool learns the files of any other spec from it") {
  if (!test::is_installed("ninja")) {
    MESSAGE("SKIPPED: ninja is not installed");
    return;
  }
  const std::string nasty =
      "a = {" + inline_options + ", format = \"json\"}\n" +
      "b.command = \"minimax\"\nb.function = \"x\"\nb.domain = \"[-1,1]\"\nb.degree = 1\n" +
      "b.format = \"json\"\n[\"\\u0063\"]\n" + options("\"format\" = \"\\u006ason\"\n") +
      "[d] # [e]\n" + options("format = '''\nhpp'''\n") + "[f]\n" +
      options("format = \"\"\"json\"\"\"\n");
  const Names expected = listed_by_tool(nasty);
  CHECK(expected == Names{"a.json", "b.json", "c.json", "d.hpp", "f.json"});
  const BuildsItsTool project(nasty);
  CHECK(project.byproducts() != expected);  // or nothing is to be learned
  project.build();
  project.build();
  CHECK(project.byproducts() == expected);
  CHECK(project.has_nothing_to_do());
  project.write_spec("g = {" + inline_options + "}\n");
  project.build();
  project.build();
  CHECK(project.byproducts() == Names{"g.hpp"});
  CHECK(project.has_nothing_to_do());
}
