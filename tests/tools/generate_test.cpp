// equiripple generate: the files of a spec are those of the command line.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <set>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tools/cli/generate/cache.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

const char* const five_functions = R"toml([a]
command = "relu"
degrees = [7, 7]
range = 50
[b]
command = "minimax"
function = "sign(x)"
domain = ["[-1,-2^-8]", "[2^-8,1]"]
degree = 7
format = "json"
[c]
command = "sign"
gap = 0.1   # as it is written: no binary64
degrees = [7]
no-absorption = true
minimise = "levels"
[d]
command = "fit"
data = "points.txt"
degree = 2
[e]
command = "inverse"
domain = "[1/8,1]"
error = "2^-10"
)toml";

// A folder with the spec and what it reads.
struct SpecFolder {
  SpecFolder() {
    fs::create_directory(folder / "spec");
    test::write_text(folder / "spec/f.toml", five_functions);
    test::write_text(folder / "spec/points.txt", "-1 1\n0 0\n1 1\n2 4.5\n");
  }
  test::CommandResult generate(std::vector<std::string> more) const {
    more.insert(more.begin(), {"generate", "spec/f.toml"});
    return test::equiripple(more, folder.path());
  }
  std::string content(const std::string& name) const { return test::content_of(folder / name); }
  test::TemporaryFolder folder;
};

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

const std::set<std::string> five_files = {"a.hpp", "b.json", "c.hpp", "d.hpp", "e.hpp"};

}  // namespace

TEST_CASE("generate writes what the command line writes, and touches nothing that is the same") {
  const SpecFolder place;
  const auto made = place.generate({"--out-dir", "deep/out"});
  REQUIRE_MESSAGE(made.status == 0, made.errors);
  CHECK(made.output.empty());
  CHECK(made.errors.find("5/5 ") != std::string::npos);
  CHECK(names_in(place.folder / "deep/out") == five_files);
  const std::vector<std::vector<std::string>> by_hand = {
      {"relu", "--degrees", "7,7", "--range", "50", "-o", "a.hpp"},
      {"minimax", "--function", "sign(x)", "--domain", "[-1,-2^-8]", "--domain", "[2^-8,1]",
       "--degree", "7", "-o", "b.json"},
      {"sign", "--gap", "0.1", "--degrees", "7", "--no-absorption", "--minimise", "levels", "-o",
       "c.hpp"},
      {"fit", "--data", "spec/points.txt", "--degree", "2", "-o", "d.hpp"},
      {"inverse", "--domain", "[1/8,1]", "--error", "2^-10", "-o", "e.hpp"}};
  for (const auto& words : by_hand) {
    CAPTURE(words.back());
    REQUIRE(test::equiripple(words, place.folder.path()).status == 0);
    CHECK(place.content(words.back()) == place.content("deep/out/" + words.back()));
  }
  const auto before = fs::last_write_time(place.folder / "deep/out/a.hpp");
  CHECK(place.generate({"--out-dir", "deep/out", "--jobs", "1", "--quiet"}).errors.empty());
  CHECK(fs::last_write_time(place.folder / "deep/out/a.hpp") == before);
  CHECK(place.generate({"--list"}).output == "a.hpp\nb.json\nc.hpp\nd.hpp\ne.hpp\n");
}

TEST_CASE("shards are disjoint and complete") {
  const SpecFolder place;
  REQUIRE(place.generate({"--out-dir", "1", "--shard", "1/2"}).status == 0);
  REQUIRE(place.generate({"--out-dir", "2", "--shard", "2/2"}).status == 0);
  CHECK(names_in(place.folder / "1") == std::set<std::string>{"a.hpp", "c.hpp", "e.hpp"});
  CHECK(names_in(place.folder / "2") == std::set<std::string>{"b.json", "d.hpp"});
  for (const char* wrong : {"0/2", "3/2", "1", "1/0", "a/b", "1/2/3"}) {
    CAPTURE(wrong);
    CHECK(place.generate({"--out-dir", "3", "--shard", wrong}).status == 2);
  }
}

TEST_CASE("the cache gives the same bytes, sees changed inputs, and heals") {
  const SpecFolder place;
  const auto with_cache = [&](const std::string& out) {
    const auto result = place.generate({"--out-dir", out, "--cache", "cache"});
    REQUIRE_MESSAGE(result.status == 0, result.errors);
  };
  with_cache("1");
  with_cache("2");
  for (const std::string& name : five_files) {
    CHECK(place.content("1/" + name) == place.content("2/" + name));
  }
  std::vector<std::string> entries;
  for (const auto& entry : fs::recursive_directory_iterator(place.folder / "cache")) {
    if (entry.is_regular_file()) entries.push_back(entry.path().string());
  }
  CHECK(entries.size() == 5);
  // What an entry says is believed where its hash is right, and not otherwise.
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::string text = test::content_of(entries[i]);
    if (i % 2 == 0) text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
    test::write_text(entries[i], i % 2 == 0 ? text : text.substr(0, text.size() / 3));
  }
  with_cache("3");
  for (const std::string& name : five_files) {
    CHECK(place.content("1/" + name) == place.content("3/" + name));
  }
  test::write_text(place.folder / "spec/points.txt", "-1 1\n0 0\n1 1\n2 5\n");
  with_cache("4");
  CHECK(place.content("1/d.hpp") != place.content("4/d.hpp"));
  CHECK(place.content("1/a.hpp") == place.content("4/a.hpp"));
}

TEST_CASE("a cache that grows too large loses what was unused for longest") {
  const test::TemporaryFolder folder;
  const Cache cache(folder / "cache");
  std::vector<std::string> keys;
  for (int i = 0; i < 10; ++i) {  // each used an hour after the one before
    keys.push_back(sha256(std::to_string(i)));
    cache.keep(keys.back(), std::string(1'000, 'x'));
    const fs::path entry =
        fs::path(folder / "cache") / keys.back().substr(0, 2) / keys.back().substr(2);
    fs::last_write_time(entry, fs::file_time_type::clock::now() - std::chrono::hours(20 - i));
  }
  test::write_text(folder / "cache/notes.txt", std::string(100'000, 'x'));
  cache.trim();
  CHECK(cache.find(keys[0]));  // and so used last
  cache.trim(6'000);           // entries take 1065 bytes: four make 4500 at most
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (cache.find(keys[i])) left.push_back(i);
  }
  CHECK(left == std::vector<std::size_t>{0, 7, 8, 9});
  CHECK(fs::exists(folder / "cache/notes.txt"));
}

TEST_CASE("the depfile names what was read") {
  const SpecFolder place;
  REQUIRE(place.generate({"--out-dir", "out", "--depfile", "x.stamp.d"}).status == 0);
  CHECK(place.content("x.stamp.d") == "x.stamp: \\\n  spec/f.toml \\\n  spec/points.txt\n");
  CHECK(place.generate({"--out-dir", "out", "--depfile", "x"}).status == 2);
}

TEST_CASE("what one function cannot meet leaves the others whole") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.toml",
                   "[good]\ncommand = \"relu\"\ndegrees = [7, 7]\n"
                   "[never]\ncommand = \"relu\"\ndegrees = [7, 7]\nbits = 13\n");
  const auto result = test::equiripple({"generate", "f.toml", "--out-dir", "out"}, folder.path());
  CHECK(result.status == 3);
  CHECK(result.errors.find("f.toml:4:2: [never]: ") != std::string::npos);
  CHECK(names_in(folder / "out") == std::set<std::string>{"good.hpp"});
  CHECK(test::equiripple({"verify", "out/good.hpp"}, folder.path()).status == 0);
}

TEST_CASE("--check looks at the request alone") {
  const test::TemporaryFolder folder;
  const auto check = [&](const char* bits) {
    return test::equiripple({"relu", "--bits", bits, "-o", "r.hpp", "--check"}, folder.path());
  };
  CHECK(check("13").status == 0);
  CHECK(check("x").status == 2);
  CHECK(folder.files() == 0);
}
