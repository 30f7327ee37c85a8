// --refresh of 1/x, 1/sqrt(x), sqrt(x) and a/b: the start is refreshed, and corrected with what
// that adds.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/refresh.hpp"
#include "tests/support/command.hpp"
#include "tests/support/made.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

const Words inverse = {"inverse",
                       "--domain",
                       "[2^-6,1]",
                       "--error",
                       "2^-20",
                       "--refresh",
                       "levels=5,noise=2^-9.3,cost=800"};

Words with(Words words, const Words& more) {
  words.insert(words.begin() + 1, more.begin(), more.end());
  return words;
}

Words with_terms(Words words, const char* terms) {
  words.back() = terms;
  return words;
}

}  // namespace

TEST_CASE("starts are refreshed before their corrections, proved, and fit into their levels") {
  for (const Words& words :
       {inverse, with(inverse, {"--minimise", "levels"}),
        Words{"inverse", "--domain", "[-1,-2^-4]", "--domain", "[2^-4,1]", "--error", "2^-12",
              "--refresh", "levels=5,noise=2^-9.3,cost=800"},
        Words{"rsqrt", "--domain", "[2^-8,1]", "--error", "2^-18", "--refresh",
              "levels=6,noise=2^-9.3,cost=800,lowest=1"},
        Words{"sqrt", "--domain", "[2^-8,1]", "--error", "2^-18", "--refresh",
              "levels=6,noise=2^-9.3,cost=800"},
        Words{"divide", "--numerator", "[-1,1]", "--domain", "[2^-4,1]", "--error", "2^-18",
              "--refresh", "levels=5,noise=2^-9.3,cost=800"},
        Words{"inverse", "--domain", "[2^-4,1]", "--degree", "7", "--corrections", "3", "--refresh",
              "levels=5,noise=2^-9.3,cost=800"}}) {
    CAPTURE(words[0]);
    CAPTURE(words.back());
    const Artifact artifact = test::made_artifact(words);
    REQUIRE(noise_of(artifact).size() == 2);
    CHECK(!is_stepped(artifact));
    CHECK(refreshed_stages(artifact.plan->program) == std::vector{2});
    CHECK(artifact.plan->costs.key_switches == count(artifact.plan->program).key_switches + 1);
    test::check_fits_refreshes(artifact, words);
  }
}

// x p is off by x N / c, and sqrt(x) p by sqrt(x) N / c.
TEST_CASE("what a refresh adds to a start is N / c of it at the far end of the domain") {
  const Rational noise(1, 512);
  const Interval domain{Rational(1, 4), 4};
  CHECK(noise_of_start(CorrectionMap::inverse, noise, Rational(1, 8), domain) == 32 * noise);
  const Rational root = noise_of_start(CorrectionMap::root, noise, Rational(1, 8), domain);
  CHECK(root >= 16 * noise);
  CHECK(root <= 16 * noise * (1 + power_of_two(-100)));
  const Rational scale = start_scale({-3, 5});
  CHECK(5 * scale < 1);
  CHECK(5 * scale > Rational(997, 1000));
}

TEST_CASE("corrections in the levels of their input are what they are without a refresh") {
  const Artifact artifact =
      test::made_artifact(with_terms(inverse, "levels=5,noise=2^-9.3,cost=800,start=9"));
  CHECK(noise_of(artifact).empty());
  const Artifact plain = test::made_artifact(
      {"inverse", "--domain", "[2^-6,1]", "--error", "2^-20", "--max-levels", "9"});
  CHECK(artifact.stages.front().polynomial.coefficients ==
        plain.stages.front().polynomial.coefficients);
  CHECK(artifact.corrections == plain.corrections);
}

TEST_CASE("budgets of refreshed corrections are kept or refused") {
  const int taken = test::made_artifact(inverse).plan->costs.key_switches;
  const Words kept = with(inverse, {"--max-key-switches", std::to_string(taken)});
  CHECK(test::made_artifact(kept).plan->costs.key_switches <= taken);
  test::check_fails(with(inverse, {"--max-key-switches", "3"}), 3, "within the budget");
  test::check_fails({"inverse", "--domain", "[2^-6,1]", "--max-levels", "5", "--refresh",
                     "levels=5,noise=2^-9.3,cost=800"},
                    2, "--error is missing");
}

TEST_CASE("what corrections cannot mend is status 3, and says what is left") {
  Words wide = inverse;
  wide[2] = "[2^-12,1]";
  test::check_fails(wide, 3, "what is off by 1 or more is not corrected");
  Words fine = inverse;
  fine[4] = "2^-50";
  test::check_fails(fine, 3, " can");
  test::check_fails(with_terms(inverse, "levels=5,noise=2^-9.3,cost=800,start=0"), 3,
                    "no level for a start");
}

TEST_CASE("a file of refreshed corrections that lies is refused") {
  const std::string content = test::made(inverse, "f.json");
  const json file = json::parse(content);
  const auto refused = [&](const char* pointer, const json& value, const char* word) {
    CAPTURE(pointer);
    test::check_refused(test::changed(content, pointer, value), word);
  };
  REQUIRE(file["steps"][1]["op"] == "refresh");
  refused("/steps/1/noise", "0x1p-30", "another noise");
  refused("/request/refresh", "levels=3,noise=2^-9.3,cost=800", "levels");
  refused("/error/upper", "0x1p-40", "");
  refused("/stages/0/range/0/1", "0x1p+1", "");
  json without = file;
  without.erase("steps");
  without["version"] = 1;
  test::check_refused(without.dump(2) + "\n", "other stages than the steps");
  json twice = file;
  twice["steps"].insert(twice["steps"].begin(), json(file["steps"][1]));
  twice["steps"][0]["of"] = {0};
  twice["steps"][1]["of"] = {1};
  twice["steps"][2]["of"] = {2};
  test::check_refused(twice.dump(2) + "\n", "the input of a start is refreshed");
}

TEST_CASE("python has the corrections of a refreshed start, and tables refuse") {
  const std::string text = test::made(inverse, "f.json");
  const Artifact artifact = *artifact_from_json_text(text);
  const auto meaning =
      corrected_meaning(*artifact.plan, artifact.kind, artifact.corrections,
                        artifact.stages.front().polynomial, refreshed_start_scale(artifact));
  REQUIRE(meaning);
  // The scalars are those of the start itself, whatever the program multiplies it by.
  const Rational slope = meaning->scalars.inverse.slope;
  CHECK(abs(slope + meaning->scalars.inverse.offsets.front()) < power_of_two(-40));
  CHECK(coefficient_distance(meaning->start, artifact.stages.front().polynomial) <
        power_of_two(-40));
}
