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

TEST_CASE("two Debian packages: the runtime for every architecture, and the tool") {
  if (!test::is_installed("cpack") || !test::is_installed("dpkg-shlibdeps")) {
    MESSAGE("SKIPPED: cpack or dpkg-shlibdeps is not installed");
    return;
  }
  const test::TemporaryFolder folder;
  const auto packed =
      test::run({"cpack", "--config", std::string(EQUIRIPPLE_BUILD_DIR) + "/CPackConfig.cmake",
                 "-G", "DEB", "-B", folder / "packages"},
                folder.path());
  const std::string said = packed.output + packed.errors;
  REQUIRE_MESSAGE(packed.status == 0, said);
  const auto contents = [&](const std::string& pattern, const char* what) {
    return test::run({"sh", "-c", "dpkg-deb " + std::string(what) + " packages/" + pattern},
                     folder.path())
        .output;
  };
  const std::string runtime = contents("libequiripple-dev_*_all.deb", "-c");
  CHECK(runtime.find("./usr/include/equiripple/runtime.hpp") != std::string::npos);
  CHECK(runtime.find("equiripple-generate.cmake") != std::string::npos);
  CHECK(runtime.find("equiripple.pc") != std::string::npos);
  CHECK(runtime.find("/bin/") == std::string::npos);
  CHECK(contents("libequiripple-dev_*_all.deb", "-f").find("Depends") == std::string::npos);
  const std::string tool = contents("equiripple_*.deb", "-c");
  CHECK(tool.find("./usr/bin/equiripple") != std::string::npos);
  CHECK(tool.find("include/") == std::string::npos);
  CHECK(contents("equiripple_*.deb", "-f").find("libmpfr") != std::string::npos);
}
