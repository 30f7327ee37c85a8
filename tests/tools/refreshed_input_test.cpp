// --refresh where the input itself, and with it x of ReLU, has too few levels.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "emit/json.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/request/refresh_words.hpp"
#include "tests/support/command.hpp"
#include "tests/support/made.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

const Words relu = {
    "relu", "--bits", "7", "--range", "50", "--refresh", "levels=8,noise=2^-9.3,cost=800,start=1"};

std::vector<int> places(const Artifact& artifact) {
  return refreshed_stages(artifact.plan->program);
}

double claimed_bits(const Artifact& artifact) { return -log2_of(artifact.claim.error.upper); }

Words with_terms(Words words, const std::string& terms) {
  words.back() = terms;
  return words;
}

void check_verified(const Words& words) {
  for (const char* file : {"f.json", "f.hpp"}) {
    const auto result = test::verified(test::made(words, file), file);
    CHECK_MESSAGE(result.status == 0, result.errors);
  }
}

}  // namespace

TEST_CASE("x of ReLU is refreshed where the input has too few levels, and there alone") {
  const Artifact artifact = test::made_artifact(relu);
  REQUIRE(!places(artifact).empty());
  CHECK(places(artifact).front() == 1);
  CHECK(claimed_bits(artifact) >= 7);
  CHECK(artifact.claim.error.upper > noise_of(artifact).front());
  CHECK(artifact.claim.error.evidence == Evidence::proved);
  CHECK(domain_of(artifact).back().upper >= 50);
  CHECK(artifact.stages.front().domain.back().upper > domain_of(artifact).back().upper);
  CHECK(defect_of_levels(artifact.plan->program, refresh_word("--refresh", relu.back())).empty());
  check_verified(relu);
  const Artifact enough =
      test::made_artifact(with_terms(relu, "levels=8,noise=2^-9.3,cost=800,start=6"));
  CHECK((places(enough).empty() || places(enough).front() > 1));
  // The last stage takes five levels, and the input has four.
  const Words given = {"relu", "--degrees", "7,29,29", "--refresh",
                       "levels=8,noise=2^-9.3,cost=800,start=4"};
  const Artifact short_of_x = test::made_artifact(given);
  CHECK(places(short_of_x) == std::vector<int>{1, 3});
  CHECK(short_of_x.plan->costs.key_switches ==
        test::made_artifact({"relu", "--degrees", "7,29,29"}).plan->costs.key_switches + 2);
  check_verified(given);
}

TEST_CASE("what a refresh adds to x is in the result: bits beyond it are refused") {
  Words words = relu;
  words[2] = "9.5";
  test::check_fails(words, 3, "9.5 bits cannot be had: of what was searched 9.");
  test::check_fails(words, 3, "the input refreshed");
  words[2] = "9";
  CHECK(claimed_bits(test::made_artifact(words)) >= 9);
  test::check_fails(with_terms(relu, "levels=8,noise=2^-9.3,cost=800,start=1,lowest=2"), 3,
                    "the input has too few levels to be refreshed itself");
}

TEST_CASE("abs, max and sign have their input refreshed as well") {
  for (const Words& words :
       {Words{"abs", "--bits", "6", "--refresh", "levels=8,noise=2^-9.3,cost=800,start=0"},
        Words{"max", "--bits", "6", "--range", "4", "--refresh",
              "levels=8,noise=2^-9.3,cost=800,start=2"},
        Words{"sign", "--gap", "2^-4", "--error", "2^-10", "--refresh",
              "levels=6,noise=2^-9.3,cost=800,start=0"},
        Words{"compare", "--gap", "2^-4", "--degrees", "7,7,7", "--range", "3", "--refresh",
              "levels=9,noise=2^-9.3,cost=800,start=1"}}) {
    CAPTURE(words[0]);
    const Artifact artifact = test::made_artifact(words);
    REQUIRE(!places(artifact).empty());
    CHECK(places(artifact).front() == 1);
    check_verified(words);
  }
  const Artifact sign =
      test::made_artifact({"sign", "--gap", "2^-4", "--error", "2^-10", "--refresh",
                           "levels=6,noise=2^-9.3,cost=800,start=0"});
  CHECK(domain_of(sign).back().lower <= power_of_two(-4));
  CHECK(domain_of(sign).back().upper >= 1);
  test::check_fails({"sign", "--gap", "2^-10", "--error", "2^-10", "--refresh",
                     "levels=6,noise=2^-9.3,cost=800,start=0"},
                    3, "nor any error of use");
}

TEST_CASE("the header says that the input is refreshed") {
  const std::string header = test::made(relu, "f.hpp");
  CHECK(header.find("of the input") != std::string::npos);
  CHECK(header.find("he.refresh_input(x, 0x0p+0, ") != std::string::npos);
  CHECK(header.find("for |x| <= 50\n") != std::string::npos);
}

TEST_CASE("a refreshed input that was tampered with is refused") {
  const std::string content = test::made(relu, "f.json");
  const json file = json::parse(content);
  const auto refused = [&](const json& changed, const std::string& word) {
    CAPTURE(word);
    test::check_refused(changed.dump(2) + "\n", word);
  };
  std::size_t at = 0;
  while (file["plan"]["program"][at]["op"] != "refresh_input") ++at;
  json wider = file;
  wider["plan"]["program"][at]["half_width"] = "0x1p+6";
  refused(wider, "another range");
  json past = file;  // what some product takes is x as it comes
  for (json& step : past["plan"]["program"]) {
    const bool takes = step["op"] == "multiply_scalar" || step["op"] == "drop";
    if (takes && step["args"][0] == "refreshed_input") {
      step["args"][0] = "x";
      break;
    }
  }
  REQUIRE(past != file);
  refused(past, "without what a refresh adds");
  json quieter = file;
  quieter["steps"][0]["noise"] = "0x1p-11";
  refused(quieter, "another noise");
  json tighter = file;
  tighter["error"]["upper"] = "0x1p-9";
  refused(tighter, "");
  json larger = file;
  larger["request"]["range"] = "51";
  refused(larger, "up to the range that was asked for");
  json later = file;  // in the steps, before the second stage
  std::swap(later["steps"][0], later["steps"][1]);
  later["steps"][0]["of"] = {0};
  later["steps"][1]["of"] = {1};
  refused(later, "other stages than the steps");
}

TEST_CASE("commands without a refresh say why") {
  const std::string terms = "levels=6,noise=2^-9,cost=8";
  test::check_fails({"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "5",
                     "--refresh", terms},
                    2, "one polynomial has no stages");
  test::check_fails({"mod1", "--range", "4", "--width", "2^-6", "--double-angle", "2", "--degree",
                     "15", "--refresh", terms},
                    2, "a part of what refreshes");
}
