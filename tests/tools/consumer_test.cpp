// A project outside that generates its functions while it is built: tests/consumer.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

// The project, copied: its files are edited.
class Consumer {
 public:
  Consumer() { fs::copy(test::source_folder() + "/tests/consumer", folder_ / "source"); }

  std::string step(const std::vector<std::string>& words) const {
    const auto result = test::run(words, folder_.path());
    const std::string said = result.output + result.errors;
    REQUIRE_MESSAGE(result.status == 0, said);
    return said;
  }
  // Whether something was generated, and whether main.cpp was compiled.
  struct Built {
    bool generated;
    bool compiled;
  };
  Built build() const {
    const std::string said = step({"cmake", "--build", "build", "--parallel", "2"});
    return {said.find("Generating the functions") != std::string::npos,
            said.find("main.cpp") != std::string::npos};
  }
  void edit(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = test::content_of(folder_ / ("source/" + name));
    const std::size_t found = text.find(from);
    REQUIRE(found != std::string::npos);
    test::write_text(folder_ / ("source/" + name), text.replace(found, from.size(), to));
  }
  // Installed, and then moved to where no path of its own says.
  std::string install() const {
    step({"cmake", "--install", test::build_folder(), "--prefix", folder_ / "first"});
    fs::rename(folder_ / "first", folder_ / "moved");
    return folder_ / "moved";
  }
  const test::TemporaryFolder& folder() const { return folder_; }

 private:
  test::TemporaryFolder folder_;
};

void build_and_change(const Consumer& project) {
  CHECK(project.build().generated);
  project.step({"build/app"});
  CHECK_FALSE(project.build().generated);
  project.edit("points.txt", "2 4", "2 4.5");  // read by one function, which main.cpp does not use
  auto built = project.build();
  CHECK(built.generated);
  CHECK_FALSE(built.compiled);
  project.edit("functions.toml", "degree = 8", "degree = 9");
  project.edit("functions.toml", "cos(x)", "cos(x) + x/8");
  built = project.build();
  CHECK(built.generated);
  CHECK(built.compiled);
  CHECK_FALSE(project.build().generated);
}

}  // namespace

TEST_CASE("a project with the installed package, by Make and by Ninja") {
  for (const std::string generator : {"Unix Makefiles", "Ninja"}) {
    CAPTURE(generator);
    if (generator == "Ninja" && !test::is_installed("ninja")) {
      MESSAGE("SKIPPED: ninja is not installed");
      continue;
    }
    const Consumer project;
    project.step({"cmake", "-G", generator, "-S", "source", "-B", "build",
                  "-DCMAKE_PREFIX_PATH=" + project.install()});
    build_and_change(project);
  }
}

TEST_CASE("a project with equiripple as a subdirectory and a tool that is there") {
  const Consumer project;
  project.step({"cmake", "-S", "source", "-B", "build",
                "-DEQUIRIPPLE_SOURCE=" + test::source_folder(),
                std::string("-DEQUIRIPPLE_EXECUTABLE=") + test::binary()});
  build_and_change(project);
}

// Then the names are read off the spec, as there is nothing yet to ask.
TEST_CASE("a project with equiripple as a subdirectory that builds the tool itself") {
  if (!test::is_installed("ninja")) {
    MESSAGE("SKIPPED: ninja is not installed");
    return;
  }
  const Consumer project;
  project.step({"cmake", "-G", "Ninja", "-S", "source", "-B", "build",
                "-DEQUIRIPPLE_SOURCE=" + test::source_folder()});
  const std::string rules = test::content_of(project.folder() / "build/build.ninja");
  const auto listed =
      test::equiripple({"generate", "--list", "source/functions.toml"}, project.folder().path());
  std::istringstream names(listed.output);
  int count = 0;
  for (std::string name; std::getline(names, name); ++count) {
    CHECK(rules.find("shared/" + name) != std::string::npos);
  }
  CHECK(count == 4);
}

TEST_CASE("the runtime alone is a package too, and a wrong spec stops the configuration") {
  const Consumer project;
  project.step({"cmake", "--install", test::build_folder(), "--prefix", project.folder() / "moved",
                "--component", "runtime"});
  CHECK_FALSE(fs::exists(project.folder() / "moved/bin"));
  std::vector<std::string> configure = {"cmake",
                                        "-S",
                                        "source",
                                        "-B",
                                        "build",
                                        "-DCMAKE_PREFIX_PATH=" + (project.folder() / "moved"),
                                        std::string("-DEQUIRIPPLE_EXECUTABLE=") + test::binary()};
  project.step(configure);
  project.edit("functions.toml", "range =", "rnage =");
  const auto refused = test::run(configure, project.folder().path());
  CHECK(refused.status != 0);
  CHECK(refused.errors.find("did you mean") != std::string::npos);
}

TEST_CASE("pkg-config leads to the runtime") {
  if (!test::is_installed("pkg-config")) {
    MESSAGE("SKIPPED: pkg-config is not installed");
    return;
  }
  const Consumer project;
  const std::string installed = project.install();
  REQUIRE(
      test::equiripple({"relu", "--degrees", "3", "-o", "r.hpp"}, project.folder().path()).status ==
      0);
  test::write_text(project.folder() / "use.cpp",
                   "#include \"r.hpp\"\nint main() { return r::Plan::levels == 2 ? 0 : 1; }\n");
  project.step({"sh", "-c",
                "PKG_CONFIG_PATH=moved/share/pkgconfig; export PKG_CONFIG_PATH; "
                "c++ -std=c++17 $(pkg-config --cflags equiripple) use.cpp -o use && ./use"});
}
