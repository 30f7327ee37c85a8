// The installed runtime, found and used by a project outside.
#include <doctest/doctest.h>

#include <filesystem>

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
  step({"cmake", "--install", test::build_folder(), "--prefix", folder / "installed"});
  REQUIRE(test::equiripple({"relu", "--bits", "9", "--range", "8", "-o", "relu.hpp"}, folder.path())
              .status == 0);
  step({"cmake", "-S", test::source_folder() + "/tools/examples/relu", "-B", "app",
        "-DCMAKE_PREFIX_PATH=" + folder / "installed", "-DEQUIRIPPLE_HEADERS=" + folder.path()});
  step({"cmake", "--build", "app", "--target", "relu_simulated"});
  const std::string output = step({"app/relu_simulated"});
  CHECK(output.find("largest error") != std::string::npos);
  // Another makes its function itself; on SEAL, too, where that is there.
  step({"cmake", "-S", test::source_folder() + "/tools/examples/at_run_time", "-B", "itself",
        "-DCMAKE_PREFIX_PATH=" + folder / "installed"});
  step({"cmake", "--build", "itself", "--target", "at_run_time_simulated"});
  CHECK(step({"itself/at_run_time_simulated"}).find("largest error") != std::string::npos);
  // An application of another version is told so.
  test::write_text(folder / "CMakeLists.txt",
                   "cmake_minimum_required(VERSION 3.20)\nproject(other LANGUAGES CXX)\n"
                   "find_package(equiripple 99 CONFIG REQUIRED)\n");
  const auto refused =
      test::run({"cmake", "-S", ".", "-B", "other", "-DCMAKE_PREFIX_PATH=" + folder / "installed"},
                folder.path());
  CHECK(refused.status != 0);
}

// A package without the library is not the package that was asked for.
TEST_CASE("find_package takes the libraries as components") {
  const test::TemporaryFolder folder;
  const auto installed =
      test::run({"cmake", "--install", test::build_folder(), "--prefix", folder / "installed"},
                folder.path());
  REQUIRE_MESSAGE(installed.status == 0, installed.errors);
  const auto configure = [&](const std::string& request, bool hides_libraries) {
    test::write_text(folder / "CMakeLists.txt",
                     "cmake_minimum_required(VERSION 3.20)\nproject(user LANGUAGES CXX)\n"
                     "find_package(equiripple CONFIG " +
                         request +
                         ")\n"
                         "message(STATUS \"package ${equiripple_FOUND}, "
                         "seal ${equiripple_seal_FOUND}\")\n"
                         "if(equiripple_FOUND AND NOT TARGET equiripple::runtime)\n"
                         "  message(FATAL_ERROR \"no runtime\")\nendif()\n");
    std::filesystem::remove_all(folder / "b");
    std::vector<std::string> words = {
        "cmake", "-S", ".", "-B", "b", "-DCMAKE_PREFIX_PATH=" + (folder / "installed")};
    if (hides_libraries) {
      words.push_back("-DCMAKE_DISABLE_FIND_PACKAGE_SEAL=ON");
      words.push_back("-DCMAKE_DISABLE_FIND_PACKAGE_OpenFHE=ON");
    }
    return test::run(words, folder.path());
  };
  const auto says = [](const test::CommandResult& result, const std::string& words) {
    return (result.output + result.errors).find(words) != std::string::npos;
  };
  const auto plain = configure("REQUIRED", true);
  CHECK(plain.status == 0);
  CHECK(says(plain, "package 1, seal FALSE"));
  CHECK(says(configure("REQUIRED COMPONENTS runtime tool", true), "package 1"));
  const auto required = configure("REQUIRED COMPONENTS runtime seal openfhe", true);
  CHECK(required.status != 0);
  CHECK(says(required, "without seal, openfhe"));
  const auto asked = configure("COMPONENTS seal", true);
  CHECK(asked.status == 0);
  CHECK(says(asked, "package 0, seal FALSE"));
  CHECK(says(configure("OPTIONAL_COMPONENTS seal", true), "package 1, seal FALSE"));
  CHECK(configure("REQUIRED COMPONENTS unheard_of", true).status != 0);
  // Where the library is, so is the component.
  const bool has_seal = says(configure("REQUIRED", false), "seal TRUE");
  CHECK((configure("REQUIRED COMPONENTS seal", false).status == 0) == has_seal);
}

TEST_CASE("three Debian packages: the runtime for every architecture, the tool and the library") {
  if (!test::is_installed("cpack") || !test::is_installed("dpkg-shlibdeps")) {
    MESSAGE("SKIPPED: cpack or dpkg-shlibdeps is not installed");
    return;
  }
  const test::TemporaryFolder folder;
  const auto packed = test::run({"cpack", "--config", test::build_folder() + "/CPackConfig.cmake",
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
  const std::string library = contents("libequiripple-make-dev_*.deb", "-c");
  CHECK(library.find("./usr/include/equiripple/make.hpp") != std::string::npos);
  CHECK(library.find("./usr/include/equiripple.h") != std::string::npos);
  CHECK(library.find("libequiripple.so.0") != std::string::npos);
  CHECK(library.find("equiripple-make-targets.cmake") != std::string::npos);
  CHECK(contents("libequiripple-make-dev_*.deb", "-f").find("libmpfr") != std::string::npos);
}
