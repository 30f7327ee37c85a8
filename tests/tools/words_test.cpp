// Sentences that end a request: what they say is true, and what they advise works.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "emit/json.hpp"
#include "generator/numbers/power.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

using Words = std::vector<std::string>;

Words minimax_words(const std::string& function, const std::string& domain, const Words& more) {
  Words words = {"minimax", "--function", function, "--domain", domain};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

bool says(const test::CommandResult& result, int status, const std::string& part) {
  const bool as_said = result.status == status && result.errors.find(part) != std::string::npos;
  if (!as_said) MESSAGE("status " << result.status << ": " << result.errors);
  return as_said;
}

Artifact made(const test::TemporaryFolder& folder, Words words) {
  words.insert(words.end(), {"-o", "f.json"});
  const auto result = test::equiripple(words, folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  auto artifact = artifact_from_json_text(test::content_of(folder / "f.json"));
  REQUIRE_MESSAGE(artifact.has_value(), artifact.error().why);
  return *artifact;
}

// a <= 2^-(p/q), in whole numbers.
bool is_at_most_power(const Rational& a, int p, int q) {
  Rational power = 1;
  for (int i = 0; i < q; ++i) power *= a;
  return power <= power_of_two(-p);
}

}  // namespace

TEST_CASE("relative to a function that vanishes: where it does") {
  const auto relative = [](const std::string& function, const std::string& domain) {
    return test::equiripple(minimax_words(function, domain, {"--degree", "3", "--relative"}));
  };
  CHECK(says(relative("exp(x)-1", "[-1,1]"), 2, "vanishes at x = 0, which"));
  CHECK(says(relative("x-1/4", "[-1,2]"), 2, "vanishes at x = 0.25, which"));
  CHECK(says(relative("x-1/3", "[0,1]"), 2, "too close to 0 to tell, near x = 0.333333, which"));
  CHECK(says(relative("x^2-2", "[0,2]"), 2,
             "vanishes, or is too close to 0 to tell, near x = 1.41421, which"));
  CHECK(says(relative("sin(x)", "[-1,7]"), 2, "vanishes at x = 0, which"));
  const auto weighted = [](const std::string& weight) {
    return test::equiripple(
        minimax_words("exp(x)", "[-1,1]", {"--degree", "3", "--weight", weight}));
  };
  CHECK(says(weighted("x^2"), 2, "and is not at x = 0"));
  CHECK(says(weighted("x"), 2, "and is not at x = -1"));
}

TEST_CASE("a function that varies too fast has no kinks for that") {
  const auto steep =
      test::equiripple(minimax_words("1/(1+2*exp(-1000000*x))", "[-1,1]", {"--degree", "3"}));
  CHECK(says(steep, 3, "varies too fast for poles and kinks to be found, or to be excluded,"));
  CHECK(steep.errors.find("too many kinks") == std::string::npos);
  const auto kinky =
      test::equiripple(minimax_words("abs(sin(10000*x))", "[-1,1]", {"--degree", "3"}));
  CHECK(says(kinky, 2, "has too many kinks to resolve"));
}

TEST_CASE("bits of an accuracy may be any number, and the error is below 2^-bits") {
  const test::TemporaryFolder folder;
  for (const char* kind : {"relu", "abs", "max", "min"}) {
    CAPTURE(kind);
    const Artifact artifact = made(folder, {kind, "--bits", "7.5"});
    CHECK(is_at_most_power(artifact.claim.error.upper, 15, 2));
    CHECK(command_line(artifact.request).find("--bits 7.5") != std::string::npos);
    const auto proved = test::equiripple({"verify", "f.json"}, folder.path());
    CHECK(proved.status == 0);
  }
  CHECK(is_at_most_power(made(folder, {"relu", "--bits", "22/3"}).claim.error.upper, 22, 3));
  test::write_text(
      folder / "f.toml",
      "[a]\ncommand = \"relu\"\nbits = 6.5\n[b]\ncommand = \"relu\"\nbits = \"13/2\"\n");
  CHECK(test::equiripple({"generate", "f.toml", "--out-dir", "."}, folder.path()).status == 0);
  CHECK(test::content_of(folder / "a.hpp").find("relu --bits 6.5 ") != std::string::npos);
  CHECK(test::content_of(folder / "b.hpp").find("relu --bits 13/2 ") != std::string::npos);
  CHECK(says(test::equiripple({"relu", "--bits", "12.9", "--max-levels", "10"}), 3,
             "12.9 bits need "));
  CHECK(says(test::equiripple({"relu", "--bits", "0.0"}), 2, "must be above 0 and at most 1000"));
  CHECK(says(test::equiripple({"relu", "--bits", "1000.5"}), 2, "--bits '1000.5'"));
}

TEST_CASE("2^-bits is not above itself") {
  for (const auto& [p, q] : {std::pair{25, 2}, {1, 3}, {7, 5}, {999, 10}, {12, 1}}) {
    const Rational below = power_of_two_below(-Rational(p, q));
    CHECK(is_at_most_power(below, p, q));
    CHECK_FALSE(is_at_most_power(below * (1 + power_of_two(-110)), p, q));  // and not far below
  }
  CHECK(power_of_two_below(-13) == power_of_two(-13));
}

TEST_CASE("a search by an error of ReLU and its kin says what cannot be had") {
  CHECK(says(test::equiripple({"search", "--objective", "relu", "--error", "2^-10", "--max-levels",
                               "4", "--pareto"}),
             3, "error 2^-10.00 (0.000976) of the range needs "));
}

TEST_CASE("activations of a survey: a name, whatever letters it has, or an expression") {
  for (const char* activation : {"exp", "exp(x)", "x", "pi*x"}) {
    CAPTURE(activation);
    const auto result =
        test::equiripple({"survey", "--activation", activation, "--range", "1", "--json"});
    REQUIRE_MESSAGE(result.status == 0, result.errors);
    const std::string word = activation;
    CHECK(Json::parse(result.output)["activation"] == (word == "exp" ? "exp(x)" : word));
  }
  CHECK(says(test::equiripple({"survey", "--activation", "max", "--range", "1"}), 2,
             "'max' takes 2 arguments"));
  CHECK(says(test::equiripple({"survey", "--activation", "swish", "--range", "1"}), 2,
             "swish(x) is written silu(x)"));
}

TEST_CASE("a fit of one point is a wrong request") {
  const test::TemporaryFolder folder;
  for (const char* point : {"0 0\n", "0.1 3\n", "1/4 2\n"}) {
    for (const char* degree : {"0", "3"}) {
      test::write_text(folder / "d.txt", point);
      CHECK(says(test::equiripple({"fit", "--data", "d.txt", "--degree", degree}, folder.path()), 2,
                 "--data d.txt: the table has one point; give two or more"));
    }
  }
}
