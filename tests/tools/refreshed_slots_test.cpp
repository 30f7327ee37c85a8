// Functions of many slots with --refresh: where they are refreshed, what verify makes of files that
// say something else, and what is refused.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/cpp_header.hpp"
#include "emit/json.hpp"
#include "emit/slot_costs.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

Words softmax(const std::string& terms) {
  return {"softmax", "--length", "8", "--range", "1", "--error", "2^-6", "--refresh", terms};
}
Words argmax(const std::string& terms) {
  return {"argmax", "--slots", "2",    "--gap",     "1/2", "--range",
          "1",      "--error", "2^-4", "--refresh", terms};
}
Words layernorm(const std::string& terms) {
  return {"layernorm", "--length", "12",        "--variance", "[1/4,4]",
          "--error",   "2^-5",     "--refresh", terms};
}

const std::string of_softmax = "levels=8,noise=2^-12,cost=800,start=5,lowest=1";
const std::string of_argmax = "levels=7,noise=2^-9.3,cost=800,lowest=1";
const std::string of_layernorm = "levels=8,noise=2^-14,cost=800,start=4,lowest=1";

int refreshes(const Words& words) { return refreshes_of(test::made_artifact(words).slot_steps); }

std::string place_of_refresh(const json& file) {
  for (std::size_t i = 0; i < file["steps"].size(); ++i) {
    if (file["steps"][i]["op"] == "refresh") return "/steps/" + std::to_string(i);
  }
  FAIL("no step is a refresh");
  return {};
}

}  // namespace

TEST_CASE("functions of many slots are refreshed where the levels of the request run out") {
  for (const Words& words : {softmax(of_softmax), argmax(of_argmax), layernorm(of_layernorm)}) {
    CAPTURE(words[0]);
    const std::string content = test::made(words, "f.json");
    const Artifact artifact = *artifact_from_json_text(content);
    CHECK(refreshes_of(artifact.slot_steps) >= 1);
    const int start = words[0] == "softmax" ? 5 : words[0] == "argmax" ? 7 : 4;
    CHECK_FALSE(levels_left(artifact, start).lacking.has_value());
    CHECK(levels_left(artifact, slots_levels_of_input(artifact) - 1).lacking.has_value());
    CHECK(whole_plan(artifact).costs.levels > start);
    const std::string header = to_cpp(artifact);
    for (const auto& [text, file] : {std::pair{content, "f.json"}, {header, "f.hpp"}}) {
      const auto result = test::verified(text, file);
      CHECK_MESSAGE(result.status == 0, result.errors);
    }
    CHECK(header.find("slots.refresh(") != std::string::npos);
    CHECK(header.find("slots.require(refresh, x);") != std::string::npos);
    CHECK(json::parse(content)["plan"]["refreshes"] == refreshes_of(artifact.slot_steps));
    const test::TemporaryFolder folder;
    test::write_text(folder / "f.hpp", header);
    CHECK(test::equiripple({"inspect", "f.hpp"}, folder.path()).output.find("refreshes   ") !=
          std::string::npos);
    const auto survives =
        test::equiripple({"inspect", "f.hpp", "--ckks", "logN=14,scale=2^50"}, folder.path());
    CHECK_MESSAGE(survives.status == 0, survives.errors);
    CHECK(survives.output.find("bits survive") != std::string::npos);
  }
}

TEST_CASE("where the levels of the input suffice, a function of slots is that without a refresh") {
  const Words words = layernorm("levels=12,noise=2^-14,cost=800");
  const Artifact artifact = test::made_artifact(words);
  CHECK(refreshes_of(artifact.slot_steps) == 0);
  const Artifact plain = test::made_artifact(Words(words.begin(), words.end() - 2));
  CHECK(artifact.slot_steps == plain.slot_steps);
  CHECK(test::equiripple(words).output.find("none is needed") != std::string::npos);
}

TEST_CASE("fewer levels take more refreshes, and less of an input refreshes it itself") {
  CHECK(refreshes(argmax("levels=14,noise=2^-9.3,cost=800")) < refreshes(argmax(of_argmax)));
  const Artifact low = test::made_artifact(argmax("levels=14,noise=2^-12,cost=800,start=1"));
  CHECK(low.slot_steps[0].operation == SlotOperation::scale);
  CHECK(low.slot_steps[1].operation == SlotOperation::refresh);
  CHECK(slots_levels_of_input(low) == 1);
}

TEST_CASE("noise that leaves too few bits is refused, and the bits that are left are told") {
  test::check_fails(softmax("levels=8,noise=2^-6,cost=800,start=5,lowest=1"), 3, "nearest leaves");
  test::check_fails(layernorm("levels=8,noise=2^-7,cost=800,start=4,lowest=1"), 3,
                    "no form reaches it");
  test::check_fails(layernorm("levels=8,noise=2^-14,cost=800,start=0,lowest=1"), 3,
                    "no form reaches it");
  test::check_fails(softmax("levels=2,noise=2^-20,cost=800"), 3, "no form reaches it");
}

TEST_CASE("a file of slots that lies about its refreshes is refused") {
  const std::string content = test::made(argmax(of_argmax), "f.json");
  const json file = json::parse(content);
  const std::string refresh = place_of_refresh(file);
  const auto refused = [&](const std::string& pointer, const json& value, const char* word) {
    CAPTURE(pointer);
    test::check_refused(test::changed(content, pointer, value), word);
  };
  refused("/request/refresh", "levels=7,noise=2^-9,cost=800,lowest=1", "not that of the request");
  refused("/request/refresh", "levels=8,noise=2^-9.3,cost=800,lowest=1", "not that of the request");
  refused("/request/refresh", "levels=7,noise=2^-9.3,cost=800,lowest=1,start=1", "levels");
  refused(refresh + "/noise", "0x1p-20", "not that of the request");
  refused(refresh + "/lowest", 0, "not that of the request");
  refused(refresh + "/levels", 12, "not that of the request");
  refused(refresh + "/op", "square", "");
  refused("/plan/refreshes", 1, "plan/refreshes");
  refused("/error/upper", "0x1p-9", "");
  auto without = nlohmann::ordered_json::parse(content);
  without["request"].erase("refresh");
  test::check_refused(without.dump(2) + "\n", "of no refresh");
}
