// --refresh of published stages, of quantisers and of folds.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
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

const Words published = {
    "sign", "--gap", "2^-4", "--stages", "2*g4,2*f4", "--refresh", "levels=9,noise=2^-12,cost=800"};
const Words quantised = {"quantise",
                         "--to",
                         "-1,0,1",
                         "--gap",
                         "1/4",
                         "--domain",
                         "[-2,2]",
                         "--error",
                         "2^-12",
                         "--refresh",
                         "levels=5,noise=2^-10,cost=800"};
const Words folded = {"activation", "--function", "sigmoid(x)",
                      "--range",    "256",        "--error",
                      "2^-5",       "--refresh",  "levels=6,noise=2^-14,cost=800"};

}  // namespace

TEST_CASE("published stages, quantisers and folds are refreshed, and fit into their levels") {
  for (const Words& words : {published, quantised, folded}) {
    CAPTURE(words[0]);
    const Artifact artifact = test::made_artifact(words);
    CHECK(refreshed_stages(artifact.plan->program).size() >= 1);
    CHECK(noise_of(artifact).size() == artifact.stages.size());
    CHECK(
        defect_of_levels(artifact.plan->program, refresh_word("--refresh", words.back())).empty());
    CHECK(artifact.claim.error.evidence == Evidence::proved);
    CHECK_FALSE(artifact.outside);
    for (const char* file : {"f.json", "f.hpp"}) {
      const auto result = test::verified(test::made(words, file), file);
      CHECK_MESSAGE(result.status == 0, result.errors);
    }
    Words enough = words;
    enough.back() = "levels=20,noise=2^-10,cost=800";
    CHECK(noise_of(test::made_artifact(enough)).empty());
  }
}

TEST_CASE("a refreshed quantiser or fold that lies is refused") {
  for (const Words& words : {quantised, folded}) {
    CAPTURE(words[0]);
    const json file = json::parse(test::made(words, "f.json"));
    std::size_t at = 0;
    while (file["steps"][at]["op"] != "refresh") ++at;
    json louder = file;
    louder["steps"][at]["noise"] = "0x1p-3";
    louder["request"]["refresh"] =
        words.back().substr(0, words.back().find("noise")) + "noise=2^-3,cost=800";
    test::check_refused(louder.dump(2) + "\n", "");
    json tighter = file;
    tighter["error"]["upper"] = "0x1p-20";
    tighter["error"]["attained"] = "0x1p-21";
    tighter["error"]["lower"] = "0x1p-21";
    test::check_refused(tighter.dump(2) + "\n", "");
  }
}

TEST_CASE("what noise does not allow of them is status 3, with what it comes out as") {
  Words words = folded;
  words.back() = "levels=6,noise=2^-6,cost=800";
  const auto result = test::equiripple(words);
  CHECK(result.status == 3);
  CHECK_MESSAGE(result.errors.find("what a refresh adds comes out as") != std::string::npos,
                result.errors);
  words = quantised;
  words.back() = "levels=4,noise=0.2,cost=800";
  CHECK(test::equiripple(words).status == 3);
}

TEST_CASE("a budget that no degree meets is answered at once") {
  const auto result = test::equiripple({"step", "--threshold", "0.3", "--gap", "0.001", "--domain",
                                        "[-1,1]", "--error", "2^-8", "--max-levels", "3"});
  CHECK(result.status == 3);
  CHECK_MESSAGE(result.errors.find("none of the forms that were tried is within the budget") !=
                    std::string::npos,
                result.errors);
}
