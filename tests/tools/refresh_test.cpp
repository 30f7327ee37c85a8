// --refresh: what it makes and refuses, and verify on its files.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/request/refresh_words.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/near.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

constexpr const char* six = "levels=6,noise=2^-9.3,cost=800";
const Words sign = {"sign", "--gap", "2^-6", "--degrees", "7,7,7", "--refresh", six};

Words relu(const char* terms, const Words& more = {}) {
  Words words = {"relu", "--degrees", "7,29,29", "--refresh", terms};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

double claimed_bits(const Artifact& artifact) { return -log2_of(artifact.claim.error.upper); }

void check_verified(const json& file) {
  const auto result = test::verified_text(file.dump(2) + "\n");
  CHECK_MESSAGE(result.status == 0, result.message);
}

std::vector<int> places(const Artifact& artifact) {
  return refreshed_stages(artifact.plan->program);
}

}  // namespace

TEST_CASE("a refresh stands in steps and program, and is counted") {
  const Artifact plain = test::made_artifact({"sign", "--gap", "2^-6", "--degrees", "7,7,7"});
  const Artifact artifact = test::made_artifact(sign);
  CHECK(places(artifact) == std::vector<int>{3});
  CHECK(artifact.plan->costs.key_switches == plain.plan->costs.key_switches + 1);
  CHECK_FALSE(artifact.outside);
  CHECK(plain.steps.empty());
  const json file = json::parse(test::made(sign, "f.json"));
  CHECK(file["version"] == 2);
  REQUIRE(file["steps"].size() == 4);
  CHECK(file["steps"][2]["op"] == "refresh");
  CHECK(file["steps"][2]["of"] == json::array({2}));
  CHECK(file["steps"][2]["noise"] == "0x1.9fdf8bcce533ep-10");  // above 2^-9.3 by less than 2^-62
  CHECK(file["steps"][3] == json({{"op", "polynomial"}, {"of", {3}}, {"stage", 3}}));
  int refreshes = 0;
  for (const json& step : file["plan"]["program"]) refreshes += step["op"] == "refresh" ? 1 : 0;
  CHECK(refreshes == 1);
  check_verified(file);
  const std::string header = test::made(sign, "f.hpp");
  CHECK(header.find("static constexpr int refreshes = 1;  // before stage 3") != std::string::npos);
  CHECK(test::verified(header, "f.hpp").status == 0);
  const auto shown = test::equiripple(sign);
  CHECK(shown.output.find("refreshes   1, before stage 3") != std::string::npos);
}

TEST_CASE("where the levels of the input suffice nothing is refreshed") {
  for (const char* terms :
       {"levels=6,noise=2^-9.3,cost=800,start=9", "levels=9,noise=0.1,cost=0"}) {
    Words words = sign;
    words.back() = terms;
    const Artifact artifact = test::made_artifact(words);
    CHECK(artifact.steps.empty());
    CHECK(places(artifact).empty());
    check_verified(json::parse(test::made(words, "f.json")));
  }
  const Artifact direct =
      test::made_artifact({"relu", "--bits", "6", "--refresh", "levels=8,noise=2^-9,cost=800"});
  CHECK(direct.steps.empty());
  CHECK(direct.plan->costs.levels <= 8);
}

// Without regard to noise 2^-9.3 before the last stage of {7,29,29} leaves about 12.5 bits of 13.1,
// before the one before it 7.9: gap and domains that know of it leave more.
TEST_CASE("noise before the last stage of 7, 29, 29 harms less than before the one before") {
  const Artifact last = test::made_artifact(relu("levels=8,noise=2^-9.3,cost=800"));
  CHECK(places(last) == std::vector<int>{3});
  const Artifact before = test::made_artifact(relu("levels=10,noise=2^-9.3,cost=800,start=5"));
  CHECK(places(before) == std::vector<int>{2});
  const Artifact both = test::made_artifact(relu("levels=5,noise=2^-9.3,cost=800"));
  CHECK(places(both) == std::vector<int>{2, 3});
  CHECK(claimed_bits(last) >= 12.5);
  CHECK(claimed_bits(before) >= 7.9);
  CHECK(claimed_bits(before) < claimed_bits(last));
  CHECK(claimed_bits(both) < claimed_bits(before));
}

TEST_CASE("the search takes the least latency, or the fewest refreshes") {
  const Words request = {"sign", "--gap", "2^-8", "--error", "2^-20", "--refresh"};
  const auto with = [&](const char* terms, const Words& more = {}) {
    Words words = request;
    words.emplace_back(terms);
    words.insert(words.end(), more.begin(), more.end());
    return test::made_artifact(words);
  };
  const Artifact dear = with("levels=8,noise=2^-9.3,cost=100000");
  const Artifact free = with("levels=5,noise=2^-9.3,cost=0");
  CHECK(places(dear).size() == 1);
  CHECK(places(free).size() >= 2);
  const Artifact fewest = with("levels=8,noise=2^-9.3,cost=0", {"--minimise", "levels"});
  CHECK(places(fewest).size() == 1);
  for (const Artifact& each : {dear, free, fewest}) {
    CHECK(each.claim.error.upper <= power_of_two(-20));
    check_verified(json::parse(to_json_text(each)));
  }
}

TEST_CASE("a lowest level keeps a refresh from coming too late") {
  const auto level_before = [](const char* terms) {
    const Artifact artifact = test::made_artifact(relu(terms));
    const RefreshRequest refresh = refresh_word("--refresh", terms);
    CHECK(defect_of_levels(artifact.plan->program, refresh).empty());
    return places(artifact);
  };
  CHECK(level_before("levels=8,noise=2^-9.3,cost=800") == std::vector<int>{3});
  CHECK(level_before("levels=10,noise=2^-9.3,cost=800,start=8,lowest=1") == std::vector<int>{2});
}

TEST_CASE("a deviation and a probability make a bound") {
  const RefreshRequest refresh =
      refresh_word("--refresh", "levels=6,deviation=2^-12,probability=2^-40,cost=1");
  // sqrt(2 ln(2^41)) = 7.539103...
  CHECK(to_double(refresh.noise) == test::near(7.539103 * 0x1p-12, 1e-6));
  CHECK(refresh.start == 6);
  CHECK(refresh.lowest == 0);
}

TEST_CASE("what noise or levels do not allow is status 3, with what is left") {
  test::check_fails(relu("levels=10,noise=2^-9.3,cost=800", {"--bits", "13.5"}), 3,
                    "13.5 bits cannot be had: of what was searched 13.09 bits are left at most "
                    "(degrees 7,29,29, refreshed "
                    "before stage 3)");
  test::check_fails({"relu", "--bits", "9.5", "--range", "50", "--refresh",
                     "levels=8,noise=2^-9.3,cost=800,start=1"},
                    3, "of what was searched 9.25 bits are left, to a quarter of a bit");
  test::check_fails(relu("levels=4,noise=2^-9.3,cost=800"), 3,
                    "do not fit, wherever they are refreshed");
  test::check_fails(
      {"sign", "--gap", "2^-20", "--error", "2^-20", "--refresh", "levels=8,noise=2^-5,cost=800"},
      3, "nor any error of use");
}

TEST_CASE("wrong words of a refresh are named") {
  const auto check_word = [](const char* terms, const char* message) {
    CAPTURE(terms);
    Words words = sign;
    words.back() = terms;
    test::check_fails(words, 2, message);
  };
  check_word("noise=2^-9,cost=1", "has no levels");
  check_word("levels=6,noise=2^-9", "has no cost");
  check_word("levels=6,cost=1", "give noise, or deviation and probability");
  check_word("levels=6,cost=1,deviation=2^-9", "give noise, or deviation and probability");
  check_word("levels=6,cost=1,noise=2^-9,levels=7", "levels stands twice");
  check_word("levels=6,cost=1,noise=1/4", "less than 1/4");
  check_word("levels=6,cost=1,noise=0", "less than 1/4");
  check_word("levels=six,cost=1,noise=2^-9", "'six'");
  check_word("levels=6,cost=-1,noise=2^-9", "the cost must be at least 0");
  check_word("levels=6,cost=1,noise=2^-9,lowest=7", "--refresh lowest");
  check_word("levels=6,cost=1,noise=2^-9,power=3", "'power=3'");
  check_word("levels=6,cost=1,deviation=2^-9,probability=1", "below 1");
  test::check_fails({"relu", "--max-levels", "9", "--refresh", six}, 2, "--bits is missing");
}

TEST_CASE("a refresh that was tampered with is refused") {
  const json file =
      json::parse(test::made(relu("levels=10,noise=2^-9.3,cost=800,start=8"), "f.json"));
  check_verified(file);
  const auto check_refused = [&](json changed, const char* word) {
    CAPTURE(word);
    const auto result = test::verified_text(changed.dump(2) + "\n");
    CHECK(result.status == 4);
    CHECK_MESSAGE(result.message.find(word) != std::string::npos, result.message);
  };
  const auto refresh_in = [](json& list) -> json& {
    for (json& step : list) {
      if (step["op"] == "refresh") return step;
    }
    throw std::logic_error("no refresh");
  };
  json quieter = file;
  refresh_in(quieter["steps"])["noise"] = "0x1p-10";
  check_refused(quieter, "another noise than the request");
  json both = quieter;
  both["request"]["refresh"] = "levels=10,noise=2^-10,cost=800,start=8";
  check_refused(both, "attains the claimed");  // with less noise
  json louder = file;
  refresh_in(louder["steps"])["noise"] = "0x1p-7";
  louder["request"]["refresh"] = "levels=10,noise=2^-7,cost=800,start=8";
  check_refused(louder, "with what a refresh adds");
  // Moved in the steps, in the program, in both.
  const auto move_step = [&](json& changed) {
    json& steps = changed["steps"];
    steps = json::array({steps[0], steps[2], steps[1], steps[3]});
    steps[1]["of"] = {1};
    steps[2]["of"] = {2};
    steps[3]["of"] = {3};
  };
  const auto move_operation = [&](json& changed) {
    for (json& step : changed["plan"]["program"]) {
      if (step["op"] == "stage") {
        step["op"] = "refresh";
        step.erase("log2_scale");
      } else if (step["op"] == "refresh") {
        step["op"] = "stage";
      }
    }
  };
  json in_steps = file;
  move_step(in_steps);
  check_refused(in_steps, "other stages than the steps");
  json in_program = file;
  move_operation(in_program);
  check_refused(in_program, "other stages than the steps");
  json in_both = in_steps;
  move_operation(in_both);
  check_refused(in_both, "with what a refresh adds");
  json twice = file;
  for (json& step : twice["plan"]["program"]) {
    if (step["op"] == "stage") step["op"] = "refresh";
  }
  check_refused(twice, "other stages than the steps");
  json none = file;
  none["request"].erase("refresh");
  check_refused(none, "the request is of no refresh");
  json fewer = file;
  fewer["request"]["refresh"] = "levels=4,noise=2^-9.3,cost=800";
  check_refused(fewer, "does not fit into the levels");
  json better = file;
  better["error"]["upper"] = better["error"]["attained"];
  check_refused(better, "");
}

TEST_CASE("forms that have no refresh say so") {
  const test::TemporaryFolder folder;
  Words words = sign;
  words.insert(words.end(), {"-o", "f.json"});
  REQUIRE(test::equiripple(words, folder.path()).status == 0);
  for (const char* target : {"openfhe", "lattigo", "mlir"}) {
    CAPTURE(target);
    const auto result =
        test::equiripple({"emit", "f.json", "--target", target, "-o", "out"}, folder.path());
    CHECK(result.status == 2);
    CHECK(result.errors.find("refreshed between stages") != std::string::npos);
  }
  for (const char* target : {"cpp", "seal", "program", "json", "python", "csv", "latex"}) {
    CAPTURE(target);
    CHECK(test::equiripple({"emit", "f.json", "--target", target, "-o", std::string("f.") + target},
                           folder.path())
              .status == 0);
  }
  CHECK(test::equiripple({"inspect", "f.json", "--plan"}, folder.path())
            .output.find("refresh(stage_2)") != std::string::npos);
  CHECK(test::equiripple({"inspect", "f.json", "--ckks", "logN=15,scale=2^50"}, folder.path())
            .status == 0);
}

TEST_CASE("a backend without a refresh does not compile, with a sentence that says why") {
  if (!test::is_installed("g++")) {
    MESSAGE("SKIPPED: g++ is not installed");
    return;
  }
  const test::TemporaryFolder folder;
  Words words = sign;
  words.insert(words.end(), {"-o", "f.hpp"});
  REQUIRE(test::equiripple(words, folder.path()).status == 0);
  test::write_text(folder / "main.cpp", R"(
#include "f.hpp"
#include <equiripple/plain.hpp>
#include <equiripple/simulated.hpp>
int main() {
  equiripple::plain clear;
  BACKEND
  return f::evaluate(clear, 0.5) > 0.9 ? 0 : 1;
}
)");
  const auto compiled = [&](const std::string& backend) {
    return test::run(
        {"g++", "-std=c++17", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror", "-I",
         test::source_folder() + "/runtime", "-DBACKEND=" + backend, "main.cpp", "-o", "main"},
        folder.path());
  };
  const auto refused = compiled(
      "equiripple::simulated he(9, 0x1p50); static_cast<void>(f::prepare(he, 9, 0x1p50));");
  CHECK(refused.status != 0);
  CHECK(refused.errors.find("the backend needs refresh (bootstrapping) and refresh_real") !=
        std::string::npos);
  const auto taken = compiled(";");
  CHECK_MESSAGE(taken.status == 0, taken.errors);
  CHECK(test::run({"./main"}, folder.path()).status == 0);
}

// The search for a point that attains an error may end before it, where the bound is as close.
TEST_CASE("what a stage attains close to its bound is found again") {
  for (const auto& [gap, error] : {std::pair{"2^-6", "2^-18"}, {"2^-8", "2^-30"}}) {
    CAPTURE(error);
    check_verified(json::parse(test::made({"sign", "--gap", gap, "--error", error}, "f.json")));
  }
}
