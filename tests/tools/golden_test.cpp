// Emitted files are regenerated, by the command in their first lines, and compared byte for byte.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

// The third word on is the request: "//   equiripple relu --degrees 7,7 -o relu.hpp".
std::string command_in(const std::string& header) {
  const std::string mark = "//   equiripple ";
  const std::size_t begin = header.find(mark);
  REQUIRE(begin != std::string::npos);
  return header.substr(begin + mark.size(), header.find('\n', begin) - begin - mark.size());
}

}  // namespace

TEST_CASE("golden headers come out again byte for byte") {
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(test::source_folder() + "/tests/golden")) {
    if (entry.path().extension() != ".hpp") continue;
    const std::string golden = test::content_of(entry.path().string());
    CAPTURE(entry.path().filename().string());
    const test::TemporaryFolder folder;
    const auto made =
        test::run({"sh", "-c", test::binary() + " " + command_in(golden)}, folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    CHECK(test::content_of(folder / entry.path().filename().string()) == golden);
    ++count;
  }
  CHECK(count >= 4);
}
