// Quantisers: what they make, what they refuse, and verify on their files.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit/json.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

const Words signs = {"quantise", "--to",   "-1,0,1",  "--gap", "1/4",
                     "--domain", "[-2,2]", "--error", "2^-20"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Artifact artifact_of(const Words& words) {
  return *artifact_from_json_text(test::made(words, "f.json"));
}

Rational nearest(const std::vector<Rational>& values, const Rational& x) {
  return *std::ranges::min_element(values, {},
                                   [&](const Rational& value) { return Rational(abs(value - x)); });
}

// The largest distance from the nearest value, of the program and of the tables.
Rational sampled_error(const Artifact& artifact, const std::vector<Rational>& values) {
  PlotReal largest = 0;
  constexpr int samples = 200;
  for (const Interval& interval : artifact.stages.front().domain) {
    for (int i = 0; i <= samples; ++i) {
      const Rational at = interval.lower + (interval.upper - interval.lower) * Rational(i, samples);
      const auto x = from_rational<PlotReal>(at);
      PlotReal table = x;
      for (const StageRecord& stage : artifact.stages) {
        table = SeriesEvaluator<PlotReal>(stage.polynomial)(table);
      }
      const auto right = from_rational<PlotReal>(nearest(values, at));
      for (const PlotReal& value : {table, value_of_program(*artifact.plan, x)}) {
        largest = std::max(largest, real_abs(PlotReal(value - right)));
      }
    }
  }
  return to_rational(largest);
}

void check_verified(const Artifact& artifact) {
  const auto result = test::verified(to_json_text(artifact), "f.json");
  CHECK_MESSAGE(result.status == 0, result.errors);
}

}  // namespace

TEST_CASE("a quantiser: one polynomial, or one and a flat one, proved and proved again") {
  const std::vector<Rational> values = {-1, 0, 1};
  const Artifact cheap = artifact_of(with(signs, {"--minimise", "key-switches"}));
  CHECK(cheap.stages.size() > 1);
  const Artifact shallow = artifact_of(with(signs, {"--minimise", "levels"}));
  CHECK(cheap.plan->costs.key_switches <= shallow.plan->costs.key_switches);
  CHECK(shallow.plan->costs.levels <= cheap.plan->costs.levels);
  for (const Artifact& artifact : {cheap, shallow}) {
    CHECK(artifact.claim.error.upper <= power_of_two(-20));
    CHECK(sampled_error(artifact, values) <= artifact.claim.error.upper);
    check_verified(artifact);
  }
  test::check_every_form(to_json_text(cheap));
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.json", to_json_text(cheap));
  const auto inspected = test::equiripple({"inspect", "f.json"}, folder.path());
  CHECK(inspected.output.find("-1 on [-2, -0.75], 0 on [-0.25, 0.25], 1 on [0.75, 2]") !=
        std::string::npos);
}

// About (1/2, 1/2) the best line is s u with u = x - 1/2, on g <= |u| <= L: s L - 1/2 = 1/2 - s g
// at the two ends of an interval, so that its error is (L - g) / (2 (L + g)); here g = 1/4, L = 1.
TEST_CASE("two values and a line: the error in closed form") {
  const Artifact artifact = artifact_of(
      {"quantise", "--to", "0,1", "--gap", "1/4", "--domain", "[-1/2,3/2]", "--error", "0.35"});
  REQUIRE(artifact.stages.size() == 1);
  REQUIRE(artifact.stages.front().polynomial.degree() == 1);
  const Rational right(3, 10);
  CHECK(artifact.claim.error.lower <= right);
  CHECK(artifact.claim.error.upper >= right);
}

TEST_CASE("random quantisers hold what they claim") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 2 * test::effort(); ++i) {
    std::vector<Rational> values{test::integer_between(random, -3, 0)};
    std::string words = values.back().str();
    const int count = test::integer_between(random, 2, 5);
    while (static_cast<int>(values.size()) < count) {
      values.push_back(values.back() + test::integer_between(random, 1, 2));
      words += "," + values.back().str();
    }
    const std::string domain = fmt::format("[{},{}]", Rational(values.front() - 1).str(),
                                           Rational(values.back() + 1).str());
    CAPTURE(words);
    const Artifact artifact =
        artifact_of({"quantise", "--to", words, "--gap",
                     fmt::format("{}/100", test::integer_between(random, 15, 40)), "--domain",
                     domain, "--error", fmt::format("2^-{}", test::integer_between(random, 3, 12)),
                     "--minimise", i % 2 == 0 ? "latency" : "key-switches"});
    CHECK(sampled_error(artifact, values) <= artifact.claim.error.upper);
    check_verified(artifact);
  }
}

TEST_CASE("files of quantisers that were changed are refused") {
  const json file = json::parse(test::made(with(signs, {"--minimise", "key-switches"}), "f.json"));
  REQUIRE(file["version"] == 2);
  REQUIRE(file["stages"].size() == 2);
  const auto refused = [&](const json& changed, const std::string& word) {
    const auto result = test::verified(changed.dump(), "f.json");
    CHECK(result.status != 0);
    CHECK_MESSAGE(result.errors.find(word) != std::string::npos, result.errors);
  };
  json changed = file;
  changed["request"]["to"] = "-1,0,2";
  refused(changed, "domain");
  changed = file;
  changed["request"].erase("to");
  refused(changed, "");
  changed = file;
  changed["request"]["gap"] = "0.2";
  refused(changed, "domain");
  changed = file;
  changed["error"]["upper"] = file["error"]["attained"];
  refused(changed, "above the claimed");
  changed = file;  // a range that does not hold what the error allows
  changed["stages"][0]["range"][1][1] = "0x1p-20";
  refused(changed, "range");
  changed = file;  // a domain that holds the range, and a middle as well
  changed["stages"][1]["domain"][1][1] = "0x1.2p-1";
  refused(changed, "");
}

TEST_CASE("quantisers that cannot be say what could be") {
  const auto of = [](const char* to, const char* gap, const char* domain, const char* error) {
    return Words{"quantise", "--to", to, "--gap", gap, "--domain", domain, "--error", error};
  };
  test::check_fails(of("0,1,1", "0.1", "[0,2]", "0.1"), 2, "'1' is not above");
  test::check_fails(of("0", "0.1", "[0,2]", "0.1"), 2, "1 of 2 to 64 values");
  test::check_fails(of("0,y", "0.1", "[0,2]", "0.1"), 2, "'y'");
  test::check_fails(of("0,1,3", "1/2", "[0,3]", "0.1"), 2,
                    "--gap '1/2': must be above 0 and below");
  test::check_fails(of("0,1", "0.1", "[0.4,2]", "0.1"), 2, "must begin below 2/5");
  test::check_fails(of("0,1", "0.1", "[0,2]", "0.5"), 2, "--error '0.5'");
  test::check_fails(with(signs, {"--max-levels", "3"}), 3, "level");
}
