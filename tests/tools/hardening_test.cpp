// A hardened build is one: what the linker and the compiler left in the binary.
#include <doctest/doctest.h>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

std::string described(const std::string& binary) {
  const auto result = test::run({"readelf", "--wide", "--file-header", "--program-headers",
                                 "--dynamic", "--dyn-syms", binary});
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return result.output;
}

// What a binary lacks, in words.
std::vector<std::string> missing_in(const std::string& binary) {
  const std::string text = described(binary);
  std::vector<std::string> missing;
  const auto require = [&](const std::string& trace, const char* what) {
    if (text.find(trace) == std::string::npos) missing.emplace_back(what);
  };
  require("DYN (Position-Independent Executable file)", "PIE");
  require("GNU_RELRO", "read-only relocations");
  require("BIND_NOW", "binding at the start");
  require("__stack_chk_fail", "stack protectors");
  require("_chk@GLIBC", "fortified sources");
  return missing;
}

}  // namespace

TEST_CASE("the tool is hardened where the build says so") {
  if (!test::is_installed("readelf")) {
    MESSAGE("SKIPPED: readelf is not there");
    return;
  }
  if (!EQUIRIPPLE_IS_HARDENED) {
    MESSAGE("SKIPPED: not a hardened build (cmake --preset hardened)");
    return;
  }
  CHECK(missing_in(test::binary()) == std::vector<std::string>());
}

TEST_CASE("a binary that is not hardened is seen") {
  if (!test::is_installed("readelf")) {
    MESSAGE("SKIPPED: readelf is not there");
    return;
  }
  const test::TemporaryFolder folder;
  test::write_text(folder / "main.cpp", "#include <cstdio>\nint main() { std::puts(\"\"); }\n");
  const auto linked = [&](const std::vector<std::string>& options) {
    std::vector<std::string> words = {"c++", "main.cpp", "-o", "binary"};
    words.insert(words.end(), options.begin(), options.end());
    const auto result = test::run(words, folder.path());
    REQUIRE_MESSAGE(result.status == 0, result.errors);
    return missing_in(folder / "binary");
  };
  CHECK(linked({"-no-pie", "-Wl,-z,norelro,-z,lazy", "-fno-stack-protector"}) ==
        std::vector<std::string>{"PIE", "read-only relocations", "binding at the start",
                                 "stack protectors", "fortified sources"});
  CHECK(linked({"-pie", "-fPIE", "-Wl,-z,relro,-z,now"}) ==
        std::vector<std::string>{"stack protectors", "fortified sources"});
}
