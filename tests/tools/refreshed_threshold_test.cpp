// --refresh with --threshold and of indicators, and --level-price with it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/plan/refresh.hpp"
#include "tests/support/command.hpp"
#include "tests/support/made.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

constexpr const char* five = "levels=5,noise=2^-9.3,cost=800";
const Words step = {"step",   "--threshold", "0.3",  "--gap",     "0.05", "--domain",
                    "[-1,1]", "--error",     "2^-8", "--refresh", five};

}  // namespace

TEST_CASE("thresholds and indicators are refreshed, proved, and fit into their levels") {
  for (const Words& words :
       {step,
        Words{"sign", "--threshold", "-1,-0.5", "--range", "2", "--error", "2^-10", "--refresh",
              five},
        Words{"compare", "--threshold", "0.3", "--gap", "0.05", "--domain", "[-1,1]", "--error",
              "2^-8", "--refresh", five},
        Words{"indicator", "--width", "0.01", "--gap", "0.5", "--range", "8", "--error", "0.01",
              "--refresh", "levels=5,noise=2^-9.3,cost=800,start=6"}}) {
    CAPTURE(words[0]);
    const Artifact artifact = test::made_artifact(words);
    CHECK(is_stepped(artifact));
    CHECK(refreshed_stages(artifact.plan->program).size() >= 1);
    CHECK(noise_of(artifact).size() == artifact.stages.size());
    test::check_fits_refreshes(artifact, words);
  }
}

TEST_CASE("a threshold that the levels of the input suffice for is not refreshed") {
  Words words = step;
  words.back() = "levels=5,noise=2^-9.3,cost=800,start=12";
  CHECK(noise_of(test::made_artifact(words)).empty());
}

TEST_CASE("a file of a refreshed threshold that lies is refused") {
  const std::string content = test::made(step, "f.json");
  const json file = json::parse(content);
  const auto refused = [&](const char* pointer, const json& value, const char* word) {
    CAPTURE(pointer);
    test::check_refused(test::changed(content, pointer, value), word);
  };
  std::size_t at = 0;
  while (file["steps"][at]["op"] != "refresh") ++at;
  const std::string noise = "/steps/" + std::to_string(at) + "/noise";
  refused(noise.c_str(), "0x1p-11", "another noise");
  refused("/request/refresh", "levels=4,noise=2^-9.3,cost=800", "levels");
  refused("/request/refresh", "levels=5,noise=2^-9,cost=800", "another noise");
  refused("/error/upper", "0x1p-12", "");
  const std::string last = "/stages/" + std::to_string(file["stages"].size() - 1);
  refused((last + "/domain/1/0").c_str(), "0x1p-1", "");
}

TEST_CASE("a threshold that noise or levels do not allow is status 3, with what is left") {
  Words words = step;
  words[4] = "0.02";
  words.back() = "levels=3,noise=0.1,cost=800";
  test::check_fails(words, 3, "--refresh: with refreshes that leave 3 levels");
  words.back() = "levels=3,noise=0.5,cost=800";
  test::check_fails(words, 2, "less than 1/4");
}

TEST_CASE("--level-price counts with --refresh") {
  const auto levels = [](const char* price) {
    return test::made_artifact({"sign", "--gap", "2^-8", "--error", "2^-20", "--level-price", price,
                                "--refresh", "levels=8,noise=2^-9.3,cost=0"})
        .plan->costs.levels;
  };
  const int cheap = levels("0");
  const int dear = levels("100000");
  CHECK(dear <= cheap);
  // The fewest that any composition of the search has, for such a price.
  CHECK(dear == levels("1000000"));
}
