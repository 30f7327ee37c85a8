// equiripple survey: its rows against the files that the same commands make.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/near.hpp"

using namespace equiripple;

namespace {

Json survey(const std::vector<std::string>& more, const test::TemporaryFolder& folder) {
  std::vector<std::string> words = {"survey", "--json"};
  words.insert(words.end(), more.begin(), more.end());
  const auto result = test::equiripple(words, folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return Json::parse(result.output);
}

// Commands of the survey hold no word with a blank inside quotes but expressions.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (const char c : command) {
    if (c == '\'') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      words.push_back(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  words.push_back(word);
  words.erase(words.begin());  // equiripple
  return words;
}

const Json& row(const Json& survey, const std::string& name) {
  const auto& rows = survey["methods"];
  const auto found = std::ranges::find_if(rows, [&](const Json& r) { return r["method"] == name; });
  REQUIRE_MESSAGE(found != rows.end(), name);
  return *found;
}

}  // namespace

TEST_CASE("every row is what its own command makes") {
  const test::TemporaryFolder folder;
  const Json all = survey({"--activation", "relu", "--range", "8"}, folder);
  CHECK(all["methods"].size() > 35);
  for (const Json& one : all["methods"]) {
    CAPTURE(one["method"].get<std::string>());
    REQUIRE_FALSE(one.contains("obstacle"));
    auto words = words_of(one["command"]);
    words.insert(words.end(), {"-o", "a.json"});
    const auto made = test::equiripple(words, folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    const Json artifact = Json::parse(test::content_of(folder / "a.json"));
    CHECK(artifact["plan"]["levels"] == one["levels"]);
    CHECK(artifact["plan"]["key_switches"] == one["key_switches"]);
    const bool by_range = artifact["error"]["metric"] == "relu";
    const double upper = std::stod(artifact["error"]["upper"].get<std::string>());
    CHECK(std::stod(one["error"].get<std::string>()) == upper * (by_range ? 8 : 1));
    CHECK(one["evidence"] == "proved");
    // No error is larger, in the mean, than the largest one.
    CHECK(one["root_mean_square"].get<double>() <= std::stod(one["error"].get<std::string>()));
  }
}

// The square is off by |x^2 - relu(x)|: its mean square over [-1, 1] is
// (1/5 + (1/5 - 2/4 + 1/3)) / 2.
TEST_CASE("the root mean square is that of the samples") {
  const test::TemporaryFolder folder;
  const Json even = survey({"--activation", "relu", "--range", "1"}, folder);
  const double exact = std::sqrt((1.0 / 5 + 1.0 / 5 - 2.0 / 4 + 1.0 / 3) / 2);
  CHECK(row(even, "square")["root_mean_square"].get<double>() == test::near(exact, 1e-6));
  test::write_text(folder / "data.txt", "0.5\n0.5\n-1\n1\n");
  const Json met = survey({"--activation", "relu", "--range", "1", "--data", "data.txt"}, folder);
  CHECK(met["samples"] == 4);
  // Off by -1/4 twice, by 1 at -1, by 0 at 1.
  CHECK(row(met, "square")["root_mean_square"].get<double>() ==
        doctest::Approx(std::sqrt((2.0 / 16 + 1) / 4)));
  // The parabola through three points is exact there.
  CHECK(row(met, "least squares on the data, degree 2")["root_mean_square"].get<double>() < 1e-12);
  CHECK(row(met, "least squares on the data, degree 4").contains("obstacle"));
}

TEST_CASE("other activations have the methods that make sense for them") {
  const test::TemporaryFolder folder;
  const Json sigmoid = survey({"--activation", "sigmoid", "--range", "4"}, folder);
  CHECK(row(sigmoid, "Taylor, degree 7").contains("levels"));
  CHECK(std::ranges::none_of(sigmoid["methods"],
                             [](const Json& r) { return r["method"] == "square"; }));
  const Json kinked = survey({"--activation", "abs(x - 1)", "--range", "4"}, folder);
  CHECK(kinked["activation"] == "abs(x - 1)");
}

TEST_CASE("the table has a line for each method") {
  const auto table = test::equiripple({"survey", "--activation", "relu", "--range", "2"});
  REQUIRE(table.status == 0);
  for (const char* method : {"square ", "CryptoDL, degree 4", "SecureDL", "minimax composite, 14",
                             "square-root max", "f/g composite 3*g4,2*f4"}) {
    CHECK(table.output.find(method) != std::string::npos);
  }
}

TEST_CASE("the page shows every method, and draws it") {
  const test::TemporaryFolder folder;
  for (const char* file : {"s.html", "s.svg", "s.json"}) {
    const auto made = test::equiripple(
        {"survey", "--activation", "relu", "--range", "2", "-o", file}, folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    CHECK(made.output.empty());
  }
  const std::string page = test::content_of(folder / "s.html");
  const std::string curves = test::content_of(folder / "s.svg");
  const Json rows = Json::parse(test::content_of(folder / "s.json"))["methods"];
  for (const Json& row : rows) {
    const std::string name = row["method"];
    CAPTURE(name);
    CHECK(page.find("<td>" + name + "</td>") != std::string::npos);
    CHECK(curves.find("<title>" + name + "</title></path>") != std::string::npos);
  }
}

TEST_CASE("wrong requests for a survey") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "data.txt", "1 2 -7.5\n");
  using Words = std::vector<std::string>;
  const std::vector<std::pair<Words, std::string>> cases = {
      {{"--range", "1"}, "--activation is required"},
      {{"--activation", "relu"}, "--range is required"},
      {{"--activation", "rely", "--range", "1"}, "rely"},
      {{"--activation", "sign", "--range", "1"}, "jumps"},
      {{"--activation", "relu", "--range", "0"}, "must be above 0"},
      {{"--activation", "relu", "--range", "x"}, "--range"},
      {{"--activation", "relu", "--range", "1", "--ckks", "scale=3"}, "--ckks"},
      {{"--activation", "relu", "--range", "1", "-o", "x.txt"}, "must end in"},
      {{"--activation", "relu", "--range", "2", "--data", "data.txt"},
       "1 of 3 numbers are outside [-2, 2], the largest -7.5"},
      {{"--activation", "relu", "--range", "2", "--data", "."}, "'.'"},
  };
  for (const auto& [more, message] : cases) {
    CAPTURE(message);
    Words words = {"survey"};
    words.insert(words.end(), more.begin(), more.end());
    const auto refused = test::equiripple(words, folder.path());
    CHECK(refused.status == 2);
    CHECK_MESSAGE(refused.errors.find(message) != std::string::npos, refused.errors);
  }
}
