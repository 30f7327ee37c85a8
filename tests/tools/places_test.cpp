// Where files may not or need not be ordinary ones.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

const char* const two_functions =
    "[a]\ncommand = \"relu\"\ndegrees = [3]\n[b]\ncommand = \"relu\"\ndegrees = [5]\n";

struct SpecFolder {
  SpecFolder() {
    test::write_text(folder / "f.toml", two_functions);
    fs::create_directory(folder / "out");
  }
  test::CommandResult generate(const std::string& out = "out") const {
    return test::equiripple({"generate", "f.toml", "--out-dir", out}, folder.path());
  }
  test::TemporaryFolder folder;
};

}  // namespace

TEST_CASE("a directory in place of a file fails for that file alone") {
  const SpecFolder place;
  fs::create_directory(place.folder / "out/a.hpp");
  const auto result = place.generate();
  CHECK(result.status == 5);
  CHECK(result.errors.find("[a]: cannot write 'out/a.hpp': it is a directory") !=
        std::string::npos);
  CHECK(fs::exists(place.folder / "out/b.hpp"));
}

TEST_CASE("a file in place of the folder") {
  const SpecFolder place;
  CHECK(place.generate("f.toml").status == 5);
  CHECK(place.generate("f.toml/deeper").status == 5);
  CHECK(test::content_of(place.folder / "f.toml") == two_functions);
}

TEST_CASE("a symbolic link is written through; one to nothing is replaced") {
  const SpecFolder place;
  test::write_text(place.folder / "real.hpp", "old");
  fs::create_symlink("../real.hpp", place.folder / "out/a.hpp");
  fs::create_symlink("../nothing.hpp", place.folder / "out/b.hpp");
  REQUIRE(place.generate().status == 0);
  CHECK(fs::is_symlink(place.folder / "out/a.hpp"));
  CHECK(test::content_of(place.folder / "real.hpp").starts_with("// GENERATED FILE"));
  CHECK_FALSE(fs::is_symlink(place.folder / "out/b.hpp"));
  CHECK_FALSE(fs::exists(place.folder / "nothing.hpp"));
}

TEST_CASE("a pipe takes the file as it comes") {
  const SpecFolder place;
  REQUIRE(::mkfifo((place.folder / "out/a.hpp").c_str(), 0600) == 0);
  const auto result =
      test::run({"sh", "-c", "cat out/a.hpp > read & \"$0\" generate f.toml --out-dir out; wait",
                 test::binary()},
                place.folder.path());
  CHECK(result.status == 0);
  CHECK(test::content_of(place.folder / "read").starts_with("// GENERATED FILE"));
}

TEST_CASE("a full disk") {
  const SpecFolder place;
  if (::access("/dev/full", W_OK) != 0) {
    MESSAGE("SKIPPED: there is no /dev/full here");
    return;
  }
  fs::create_symlink("/dev/full", place.folder / "out/a.hpp");
  const auto result = place.generate();
  CHECK(result.status == 5);
  CHECK(result.errors.find("No space left") != std::string::npos);
  CHECK(fs::exists(place.folder / "out/b.hpp"));
}

TEST_CASE("a full file system leaves nothing half-written") {
  const SpecFolder place;
  const std::string out = place.folder / "out";
  if (::geteuid() != 0 ||
      test::run({"mount", "-t", "tmpfs", "-o", "size=8k", "none", out}).status != 0) {
    MESSAGE("SKIPPED: a small file system cannot be mounted here");
    return;
  }
  const auto result = place.generate();
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(out)) {
    ++files;
    const std::string path = entry.path().string();
    CHECK(test::equiripple({"verify", path}).status == 0);
  }
  CHECK(test::run({"umount", out}).status == 0);
  CHECK(result.status == 5);
  CHECK(files <= 1);
}

TEST_CASE("a folder that may not be written to") {
  const SpecFolder place;
  if (::geteuid() == 0) {
    MESSAGE("SKIPPED: root may write anywhere");
    return;
  }
  ::chmod((place.folder / "out").c_str(), 0500);
  CHECK(place.generate().status == 5);
  ::chmod((place.folder / "out").c_str(), 0700);
}
