// equiripple approximate and --stages as a user types them.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "emit/json.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

using Words = std::vector<std::string>;

Words approximate(const std::string& method, Words more = {}) {
  Words words = {"approximate", "--method", method, "--function", "relu(x)"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

const Words on_eight = {"--domain", "[-8,8]"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Every method with what it needs.
std::vector<Words> all_methods() {
  return {
      with(approximate("least-squares", {"--degree", "4"}), on_eight),
      with(approximate("least-squares", {"--degree", "3", "--density", "exp(-x^2/2)"}), on_eight),
      with(approximate("least-squares", {"--degree", "2", "--data", "data.txt"}), on_eight),
      with(approximate("chebyshev", {"--degree", "15"}), on_eight),
      with(approximate("taylor", {"--degree", "4", "--of", "softplus(x)"}), on_eight),
      with(approximate("taylor", {"--degree", "3", "--of", "silu(x)", "--centre", "1"}), on_eight),
      with(approximate("cryptodl", {"--degree", "4"}), on_eight),
      with(approximate("securedl", {"--error", "0.2"}), on_eight),
      with(approximate("given", {"--polynomial", "x^2/8 + x/2 + 1/4"}), on_eight),
      {"relu", "--stages", "7*f1", "--range", "8"},
      {"max", "--stages", "5*f1"},
      {"abs", "--stages", "3*f2", "--range", "3"},
      {"sign", "--stages", "2*g4,f4", "--gap", "2^-4"},
      {"compare", "--stages", "g3,f3,f3", "--gap", "1/8"},
  };
}

std::string run_and_read(const test::TemporaryFolder& folder, const Words& words,
                         const std::string& file) {
  const auto made = test::equiripple(with(words, {"-o", file}), folder.path());
  REQUIRE_MESSAGE(made.status == 0, made.errors);
  return test::content_of(folder / file);
}

}  // namespace

TEST_CASE(
    "every method gives a file that can be proved again and is made again by its own command") {
  for (const Words& words : all_methods()) {
    CAPTURE(words.at(2));
    const test::TemporaryFolder folder;
    test::write_text(folder / "data.txt", "# what was met\n-1.5 0 0.25, 3e-1\n2 2 7\n");
    const std::string header = run_and_read(folder, words, "a.hpp");
    const auto proved = test::equiripple({"verify", "a.hpp"}, folder.path());
    CHECK_MESSAGE(proved.status == 0, proved.errors);
    CHECK(run_and_read(folder, words, "a.hpp") == header);
    CHECK(header.find("evidence: proved") != std::string::npos);
  }
}

TEST_CASE("a polynomial that is given has the error that arithmetic gives it") {
  // x^2/8 + x/2 + 1/4 - relu(x) = (|x|/2 - 1)^2 / 2 - 1/4: largest at the ends, 9/2 - 1/4 there.
  const Artifact quadratic = test::made_artifact(all_methods()[8]);
  CHECK(quadratic.claim.error.attained <= test::number("17/4"));
  CHECK(quadratic.claim.error.upper >= test::number("17/4"));
  const Artifact exact =
      test::made_artifact({"approximate", "--method", "given", "--function", "x^3 - x", "--domain",
                           "[-2,2]", "--polynomial", "x*(x^2 - 1)"});
  CHECK(exact.claim.error.upper == 0);
}

TEST_CASE("a nudged table and a range that is claimed too small are refused") {
  const test::TemporaryFolder folder;
  for (const Words& words : {all_methods()[6], all_methods()[9]}) {
    std::string text = run_and_read(folder, words, "a.json");
    Json json = Json::parse(text);
    json["stages"][0]["coefficients"][1] = "0x1.8p+1";
    test::write_text(folder / "nudged.json", json.dump());
    CHECK(test::equiripple({"verify", "nudged.json"}, folder.path()).status == 4);
  }
  Json json = Json::parse(run_and_read(folder, all_methods()[9], "a.json"));
  auto& range = json["stages"][1]["range"];
  REQUIRE(range.size() == 2);
  range[1][1] = "0x1.fp-1";
  range[0][0] = "-0x1.fp-1";
  test::write_text(folder / "narrow.json", json.dump());
  const auto refused = test::equiripple({"verify", "narrow.json"}, folder.path());
  CHECK(refused.status == 4);
  CHECK(refused.errors.find("range") != std::string::npos);
}

TEST_CASE("wrong requests name the word and what would be right") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "data.txt", "1 2 3\n-20 9 30\n");
  test::write_text(folder / "text.txt", "1 2\n3 four\n");
  test::write_text(folder / "nan.txt", "1 nan\n");
  test::write_text(folder / "empty.txt", "# nothing\n");
  const Words least = with(approximate("least-squares", {"--degree", "2"}), on_eight);
  const std::vector<std::pair<Words, std::string>> cases = {
      {with(approximate("square"), on_eight), "must be least-squares, chebyshev"},
      {with(approximate("chebyshev"), on_eight), "--degree is required"},
      {with(approximate("chebyshev", {"--degree", "256"}), on_eight), "from 0 to 255"},
      {with(approximate("chebyshev", {"--degree", "3", "--of", "x"}), on_eight), "--of: only with"},
      {with(approximate("taylor", {"--degree", "4"}), on_eight), "has no Taylor series about 0"},
      {with(approximate("taylor", {"--degree", "4", "--of", "1/(x-1)"}), on_eight), "pole"},
      {with(approximate("cryptodl", {"--degree", "0"}), on_eight), "from 1 to"},
      {approximate("cryptodl", {"--degree", "2", "--domain", "[0,8]"}), "takes [-b,b]"},
      {with(approximate("securedl", {"--error", "0"}), on_eight), "must be above 0"},
      {with(approximate("given", {"--polynomial", "exp(x)"}), on_eight), "must be a polynomial"},
      {with(approximate("given", {"--polynomial", "x^2", "--degree", "2"}), on_eight),
       "--degree: only with"},
      {with(least, {"--domain", "[9,10]", "--density", "1/x"}), "pole"},
      {with(least, {"--density", "-1"}), "below 0"},
      {with(least, {"--data", "data.txt"}), "3 of 6 numbers are outside [-8, 8], the largest 30"},
      {with(least, {"--data", "text.txt"}), "text.txt, line 2: 'four' is not a finite number"},
      {with(least, {"--data", "nan.txt"}), "line 1: 'nan'"},
      {with(least, {"--data", "empty.txt"}), "there is no number in it"},
      {with(least, {"--data", "none.txt"}), "none.txt"},
      {{"relu", "--stages", "h4"}, "must be fN or gN"},
      {{"relu", "--stages", "g5"}, "from 1 to 4"},
      {{"relu", "--stages", "0*f1"}, "from 1 to 50"},
      {{"relu", "--stages", "40*f1,40*f1"}, "at most 50 stages"},
      {{"relu", "--stages", "f1", "--degrees", "3"}, "give one of them"},
      {{"relu", "--stages", "f1", "--max-degree", "7"}, "only without"},
      {{"sign", "--stages", "f1"}, "--gap"},
  };
  for (const auto& [words, message] : cases) {
    CAPTURE(message);
    const auto refused = test::equiripple(with(words, {"-o", "x.hpp"}), folder.path());
    CHECK(refused.status == 2);
    CHECK_MESSAGE(refused.errors.find(message) != std::string::npos, refused.errors);
    CHECK(folder.files() == 4);
  }
}

TEST_CASE("coefficients beyond binary64 are a request that cannot be met") {
  const auto refused =
      test::equiripple({"approximate", "--method", "taylor", "--function", "relu(x)", "--of",
                        "softplus(x)", "--domain", "[-100,100]", "--degree", "255"});
  CHECK(refused.status == 3);
  CHECK(refused.errors.find("take a lower degree") != std::string::npos);
}

TEST_CASE("a limit that no degree keeps is said to be out of reach") {
  const auto refused =
      test::equiripple({"approximate", "--method", "securedl", "--function", "relu(x)", "--domain",
                        "[-8,8]", "--error", "0.01", "--degree", "20"});
  CHECK(refused.status == 3);
  CHECK(refused.errors.find("degrees up to 20") != std::string::npos);
}

TEST_CASE("values that memory could not hold are refused, and those next to nothing are not") {
  const std::vector<Words> methods = {
      {"--method", "least-squares", "--degree", "2"},
      {"--method", "chebyshev", "--degree", "2"},
      {"--method", "taylor", "--degree", "2"},
      {"--method", "taylor", "--degree", "2", "--of", "exp(exp(30)+x)"},
      {"--method", "securedl", "--error", "1"},
      {"--method", "given", "--polynomial", "x^2"}};
  for (const Words& method : methods) {
    const auto refused = test::equiripple(
        with(with({"approximate"}, method), {"--function", "exp(exp(x))", "--domain", "[0,30]"}));
    CHECK_MESSAGE(refused.status == 2, refused.errors);
    CHECK(refused.errors.find("exp(exp(x))") != std::string::npos);
  }
  const auto vanishing =
      test::equiripple({"approximate", "--method", "least-squares", "--degree", "2", "--function",
                        "exp(-exp(x))", "--domain", "[0,30]"});
  CHECK_MESSAGE(vanishing.status == 0, vanishing.errors);
}
