// The installed runtime, found and used by a project outside.
#include <doctest/doctest.h>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

TEST_CASE("the sample application builds against the installed package and keeps its bound") {
  const test::TemporaryFolder folder;
  const auto step = [&](const std::vector<std::string>& words) {
    const auto result = test::run(words, folder.path());
    const std::string said = result.output + result.errors;
    REQUIRE_MESSAGE(result.status == 0, said);
    return result.output;
  };
  step({"cmake", "--install", EQUIRIPPLE_BUILD_DIR, "--prefix", folder / "installed"});
  REQUIRE(test::equiripple({"relu", "--bits", "9", "--range", "8", "-o", "relu.hpp"}, folder.path())
              .status == 0);
  step({"cmake", "-S", test::source_folder() + "/tools/examples/relu", "-B", "app",
        "-DCMAKE_PREFIX_PATH=" + folder / "installed", "-DEQUIRIPPLE_HEADERS=" + folder.path()});
  step({"cmake", "--build", "app", "--target", "relu_simulated"});
  const std::string output = step({"app/relu_simulated"});
  CHECK(output.find("largest error") != std::string::npos);
  // An application of another version is told so.
  test::write_text(folder / "CMakeLists.txt",
                   "cmake_minimum_required(VERSION 3.20)\nproject(other LANGUAGES CXX)\n"
                   "find_package(equiripple 99 CONFIG REQUIRED)\n");
  const auto refused =
      test::run({"cmake", "-S", ".", "-B", "other", "-DCMAKE_PREFIX_PATH=" + folder / "installed"},
                folder.path());
  CHECK(refused.status != 0);
}
