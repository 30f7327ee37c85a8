// equiripple fit as a user types it: tables in, claims that the file itself can be held to.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emit/cpp_header.hpp"
#include "emit/json.hpp"
#include "emit/points.hpp"
#include "generator/data/error.hpp"
#include "generator/data/fit.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

const std::string parabola = "# a comment\n-1 1.5\n\n0 0 # the middle\n1,\t1\n  1/2 , 2^-2\r\n2 4";

test::CommandResult fit(const test::TemporaryFolder& folder, const std::string& text,
                        std::vector<std::string> more) {
  test::write_text(folder / "data.txt", text);
  more.insert(more.begin(), {"fit", "--data", "data.txt"});
  return test::equiripple(more, folder.path());
}

Artifact fitted(const std::string& text, std::vector<std::string> more) {
  const test::TemporaryFolder folder;
  more.insert(more.end(), {"-o", "f.json"});
  const auto result = fit(folder, text, more);
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  auto artifact = artifact_from_json_text(test::content_of(folder / "f.json"));
  REQUIRE_MESSAGE(artifact.has_value(), artifact.error().why);
  return *artifact;
}

// What `verify` can ask of the file alone.
bool holds(const Artifact& artifact) {
  const auto table = table_of(artifact);
  if (!table.has_value()) return false;
  const TableError error = table_error(*table, artifact.stages[0].polynomial);
  return artifact.claim.error.attained <= error.attained &&
         error.upper <= artifact.claim.error.upper;
}

}  // namespace

TEST_CASE("a table is fitted, and the claim can be checked from the artifact") {
  for (const char* objective : {"minimax", "least-squares"}) {
    for (const char* degree : {"0", "1", "2", "3", "9"}) {
      CAPTURE(objective);
      CAPTURE(degree);
      Artifact artifact = fitted(parabola, {"--degree", degree, "--objective", objective});
      CHECK(artifact.kind == Kind::minimax);
      CHECK(artifact.claim.error.evidence == Evidence::proved);
      CHECK(artifact.claim.metric == Metric::absolute);
      CHECK(artifact.claim.error.lower <= artifact.claim.error.attained);
      CHECK(artifact.stages[0].domain.front().lower == -1);
      CHECK(artifact.stages[0].domain.front().upper == 2);
      CHECK(holds(artifact));
      artifact.stages[0].polynomial.coefficients[0] += Rational(1) / 1024;
      CHECK_FALSE(holds(artifact));
    }
  }
}

TEST_CASE("both objectives have the lower bound of minimax") {
  const Artifact low = fitted(parabola, {"--degree", "1"});
  const Artifact square = fitted(parabola, {"--degree", "1", "--objective", "least-squares"});
  CHECK(low.claim.error.lower > 0);
  CHECK(square.claim.error.lower == low.claim.error.lower);
  CHECK(square.claim.error.attained > low.claim.error.upper);
}

TEST_CASE("the order of the lines does not matter") {
  std::vector<std::string> lines;
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 100; ++i) {
    lines.push_back(std::to_string(i) + "/7 " + std::to_string(test::real_between(random, -1, 1)));
  }
  std::string reference;
  for (int round = 0; round < 4; ++round) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    const std::string json = to_json_text(fitted(text, {"--degree", "5"}));
    if (round == 0) reference = json;
    CHECK(json == reference);
    std::shuffle(lines.begin(), lines.end(), random);
  }
}

TEST_CASE("points stay in the exact words of the file") {
  const Artifact artifact = fitted(parabola, {"--degree", "1"});
  const auto& options = artifact.request.options;
  const auto points = std::ranges::find(options, points_option, &RequestOption::name);
  REQUIRE(points != options.end());
  CHECK(points->values == std::vector<std::string>{"-1 1.5", "0 0", "1/2 2^-2", "1 1", "2 4"});
  const auto table = table_of(artifact);
  REQUIRE_MESSAGE(table.has_value(), table.error().why);
  CHECK(table->points[2].x == Rational(1) / 2);
  CHECK(command_line(artifact.request) ==
        "equiripple fit --data data.txt --degree 1 --objective minimax");
}

TEST_CASE("a header is made again by its first lines, and carries the points") {
  const test::TemporaryFolder folder;
  REQUIRE(fit(folder, parabola, {"--degree", "2", "-o", "f.hpp"}).status == 0);
  const std::string header = test::content_of(folder / "f.hpp");
  const std::string mark = "//   equiripple ";
  const std::size_t begin = header.find(mark) + mark.size();
  const std::string command = header.substr(begin, header.find('\n', begin) - begin);
  REQUIRE(test::run({"sh", "-c", "rm f.hpp; " + test::binary() + " " + command}, folder.path())
              .status == 0);
  CHECK(test::content_of(folder / "f.hpp") == header);
  CHECK(header.find("minimax fit at the 5 points of data.txt in [-1, 2]") != std::string::npos);
  CHECK(header.find("evidence: proved") != std::string::npos);
  auto artifact = artifact_from_cpp(header);
  REQUIRE_MESSAGE(artifact.has_value(), artifact.error().why);
  CHECK(holds(*artifact));
  CHECK(to_cpp(*artifact) == header);
}

TEST_CASE("a record of points that is no table is refused") {
  const Artifact right = fitted(parabola, {"--degree", "1"});
  const auto spoilt = [&](const std::function<void(std::vector<std::string>&)>& spoil) {
    Artifact artifact = right;
    for (RequestOption& option : artifact.request.options) {
      if (option.name == points_option) spoil(option.values);
    }
    const auto table = table_of(artifact);
    return table ? std::string() : table.error().why;
  };
  CHECK(spoilt([](auto&) {}).empty());
  CHECK(spoilt([](auto& words) { words[1] = "0"; }).find("'0'") != std::string::npos);
  CHECK(spoilt([](auto& words) { words[1] = "0 y"; }).find("'0 y'") != std::string::npos);
  CHECK(spoilt([](auto& words) { words[1] = "0 1 2"; }).find("'0 1 2'") != std::string::npos);
  CHECK(spoilt([](auto& words) { std::swap(words[0], words[1]); }).find("right of") !=
        std::string::npos);
  CHECK(spoilt([](auto& words) { words.pop_back(); }).find(point_count_option) !=
        std::string::npos);
  CHECK(spoilt([](auto& words) { words.clear(); }).find("not listed") != std::string::npos);
}

TEST_CASE("a large table is fitted, but not listed") {
  std::string text;
  for (int i = 0; i <= static_cast<int>(most_listed_points); ++i) {
    text += std::to_string(i) + "/10000 " + std::to_string(i % 7) + "\n";
  }
  const Artifact artifact = fitted(text, {"--degree", "4"});
  CHECK(artifact.claim.error.upper >= 3);
  CHECK(table_of(artifact).error().why.find("10001 points") != std::string::npos);
}

TEST_CASE("the summary names points, objective and root mean square") {
  const test::TemporaryFolder folder;
  // The line of least squares is off by 1/3 = 2^-1.585 at most, by sqrt(1/18) = 2^-2.085 in the
  // mean.
  const auto result =
      fit(folder, "0 0\n1 1\n2 1\n", {"--degree", "1", "--objective", "least-squares"});
  CHECK(result.status == 0);
  CHECK(result.output.find("least-squares fit at the 3 points of data.txt") != std::string::npos);
  CHECK(result.output.find("2^-1.58 ") != std::string::npos);
  CHECK(result.errors.find("root mean square") != std::string::npos);
  CHECK(result.errors.find("2^-2.08 ") != std::string::npos);
  CHECK(fit(folder, "0 0\n1 1\n2 1\n", {"--degree", "1"}).errors.empty());
}

TEST_CASE("parity") {
  const std::string odd = "-2 -3\n-1 -1\n0 0\n1 1\n2 3\n";
  CHECK(fitted(odd, {"--degree", "2"}).stages[0].polynomial.parity == Parity::odd);
  CHECK(fitted(odd, {"--degree", "2", "--parity", "none"}).stages[0].polynomial.parity ==
        Parity::none);
  CHECK(holds(fitted(odd, {"--degree", "2", "--parity", "even", "--objective", "least-squares"})));
  CHECK(
      fitted("1 1\n2 3\n3 7\n", {"--degree", "3", "--parity", "odd"}).stages[0].polynomial.parity ==
      Parity::odd);
}

TEST_CASE("wrong tables exit 2 and name the line and the word") {
  const std::tuple<std::string, const char*, const char*> wrong[] = {
      {"", "data.txt", "no points"},
      {"# nothing\n\n", "data.txt", "no points"},
      {"x y\n1 2\n", "line 1", "heading"},
      {"1 2\n3\n", "line 2", "'3': y is missing"},
      {"1 2\n3,\n", "line 2", "'3': y is missing"},
      {"1 2\n,3\n", "line 2", "x is missing"},
      {"1 2\n\n# c\n3 4 5\n", "line 4", "'5'"},
      {"1,,2\n", "line 1", "third word"},
      {"1 2\n2 3\n1.0 4\n", "line 3", "'1.0': x is that of line 1"},
      {"1 nan\n", "line 1", "'nan'"},
      {"inf 1\n", "line 1", "'inf'"},
      {"1 -inf\n", "line 1", "'-inf'"},
      {"1 1/0\n", "line 1", "zero"},
      {"1 1e400\n", "line 1", "'1e400'"},
      {"1e200 1\n", "line 1", "'1e200'"},
      {"1;2\n", "line 1", "y is missing"},
      {"1 2\n" + std::string(5000, '1') + " 2\n", "line 2", "longer"},
      {std::string("\0\1 2\n", 5), "line 1", "'?\?'"},
  };
  for (const auto& [text, line, token] : wrong) {
    CAPTURE(text);
    const test::TemporaryFolder folder;
    const auto result = fit(folder, text, {"--degree", "1", "-o", "f.hpp"});
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(line) != std::string::npos, result.errors);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
    CHECK(folder.files() == 1);
  }
}

TEST_CASE("wrong requests for a fit") {
  const std::pair<std::vector<std::string>, const char*> wrong[] = {
      {{}, "--degree"},
      {{"--degree", "-1"}, "'-1'"},
      {{"--degree", "1024"}, "1023"},
      {{"--degree", "1", "--objective", "best"}, "'best'"},
      {{"--degree", "1", "--parity", "strange"}, "'strange'"},
      {{"--degree", "1", "--parity", "even"}, "x = -1 and 1"},
      {{"--degree", "1", "-o", "f.txt"}, "f.txt"},
      {{"--degree", "1", "--name", "class"}, "'class'"},
      {{"--degree", "1", "--error", "1"}, "'--error'"},
  };
  for (const auto& [words, token] : wrong) {
    const test::TemporaryFolder folder;
    const auto result = fit(folder, parabola, words);
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
  }
  CHECK(test::equiripple({"fit", "--degree", "1"}).status == 2);
  CHECK(test::equiripple({"fit", "--data", "no_such.txt", "--degree", "1"}).status == 2);
  CHECK(test::equiripple({"fit", "--data", "/", "--degree", "1"}).status == 2);
}

TEST_CASE("limits of size") {
  std::string text;
  for (int i = 0; i < 100'001; ++i) text += std::to_string(i) + " 1\n";
  const test::TemporaryFolder folder;
  const auto many = fit(folder, text, {"--degree", "1"});
  CHECK(many.status == 2);
  CHECK(many.errors.find("100000") != std::string::npos);
  text.resize(text.rfind('\n', text.size() - 2) + 1);
  const auto terms = fit(folder, text, {"--degree", "1000"});
  CHECK(terms.status == 2);
  CHECK(terms.errors.find("at most 82 for 100000 points") != std::string::npos);
}

TEST_CASE("a fit that binary64 cannot hold exits 3") {
  std::string text;
  for (int i = 0; i < 128; ++i) text += std::to_string(i) + (i % 3 == 0 ? " 1\n" : " 0\n");
  const test::TemporaryFolder folder;
  const auto result = fit(folder, text, {"--degree", "127", "-o", "f.hpp"});
  CHECK(result.status == 3);
  CHECK(result.errors.find("lower degree") != std::string::npos);
  CHECK(folder.files() == 1);
}

TEST_CASE("a table that cannot be read exits 5") {
  if (::geteuid() == 0) {
    MESSAGE("SKIPPED: root may read anything");
    return;
  }
  const test::TemporaryFolder folder;
  test::write_text(folder / "closed.txt", "1 2\n");
  ::chmod((folder / "closed.txt").c_str(), 0);
  CHECK(test::equiripple({"fit", "--data", "closed.txt", "--degree", "1"}, folder.path()).status ==
        5);
}
