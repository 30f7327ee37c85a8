// Thresholds and indicators: what they make, what they refuse, and verify on their files.
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

const Words threshold = {"step",     "--threshold", "0.3",     "--gap", "0.05",
                         "--domain", "[-1,1]",      "--error", "2^-8"};

Words indicator(const char* range) {
  return {"indicator", "--width", "0.01", "--gap", "0.98", "--range", range, "--error", "0.01"};
}

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Artifact artifact_of(const Words& words) {
  return *artifact_from_json_text(test::made(words, "f.json"));
}

// The largest distance from 1 where x is above `middle` (of |x| below it: below), else from `low`,
// of the program and of the tables one after the other.
template <class IsOne>
Rational sampled_error(const Artifact& artifact, const Rational& low, const IsOne& is_one) {
  PlotReal largest = 0;
  constexpr int samples = 400;
  for (const Interval& interval : artifact.stages.front().domain) {
    for (int i = 0; i <= samples; ++i) {
      const Rational at = interval.lower + (interval.upper - interval.lower) * Rational(i, samples);
      const auto x = from_rational<PlotReal>(at);
      const PlotReal right = is_one(at) ? PlotReal(1) : from_rational<PlotReal>(low);
      PlotReal table = x;
      for (const StageRecord& stage : artifact.stages) {
        table = SeriesEvaluator<PlotReal>(stage.polynomial)(table);
      }
      if (low == 0) table = (1 + table) / 2;
      const PlotReal program = value_of_program(*artifact.plan, x);
      for (const PlotReal& value : {table, program}) {
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

// The arches of the last stage are as high as one another to 2^-43, which double does not resolve.
TEST_CASE("where an error is attained is found again among arches that are all alike") {
  const std::string content = test::made(
      {"sign", "--threshold", "-0.5", "--gap", "0.05", "--domain", "[-2,2]", "--error", "2^-14"},
      "f.json");
  const auto result = test::verified(content, "f.json");
  CHECK_MESSAGE(result.status == 0, result.errors);
}

TEST_CASE("a threshold away from 0: levels and key switches, proved and proved again") {
  const Artifact shallow = artifact_of(with(threshold, {"--minimise", "levels"}));
  CHECK(shallow.plan->costs.levels <= 7);
  const Artifact cheap = artifact_of(with(threshold, {"--minimise", "key-switches"}));
  CHECK(cheap.plan->costs.key_switches <= 10);
  for (const Artifact& artifact : {shallow, cheap}) {
    CHECK(artifact.claim.error.upper <= power_of_two(-8));
    CHECK(sampled_error(artifact, 0, [](const Rational& x) { return x > Rational(3, 10); }) <=
          artifact.claim.error.upper);
    check_verified(artifact);
  }
  const std::string header = test::made(threshold, "f.hpp");
  CHECK(test::verified(header, "f.hpp").status == 0);
  CHECK(test::made(threshold, "f.hpp") == header);
}

TEST_CASE("the kinds that take a threshold, and both ways to say it") {
  const Words ends = {"--threshold", "1/4,0.35", "--domain", "[-1,1]", "--error", "2^-5"};
  for (const char* kind : {"sign", "step", "compare"}) {
    CAPTURE(kind);
    const Artifact artifact = artifact_of(with({kind}, ends));
    const Rational low = artifact.kind == Kind::sign ? -1 : 0;
    CHECK(sampled_error(artifact, low, [](const Rational& x) { return x > Rational(3, 10); }) <=
          artifact.claim.error.upper);
    CHECK(artifact.claim.error.upper <= power_of_two(-5));
    check_verified(artifact);
  }
  const Artifact by_range =
      artifact_of({"step", "--threshold", "1", "--gap", "1/4", "--range", "2", "--error", "2^-5"});
  CHECK(by_range.stages.front().domain.front().lower == -2);
  CHECK(by_range.stages.front().domain.back().upper == 2);
  check_verified(by_range);
}

TEST_CASE("indicators: levels and key switches, proved and proved again") {
  const Artifact artifact = artifact_of(with(indicator("16"), {"--minimise", "levels"}));
  CHECK(artifact.plan->costs.levels <= 7);
  CHECK(artifact.claim.error.upper <= Rational(1, 100));
  CHECK(sampled_error(artifact, 0, [](const Rational& x) { return abs(x) < Rational(1, 2); }) <=
        artifact.claim.error.upper);
  check_verified(artifact);
  test::check_every_form(to_json_text(artifact));
}

TEST_CASE("random thresholds hold what they claim") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 2 * test::effort(); ++i) {
    const int at = test::integer_between(random, -60, 60);
    const int gap = test::integer_between(random, 8, 30);
    CAPTURE(at);
    CAPTURE(gap);
    const Artifact artifact =
        artifact_of({"step", "--threshold", fmt::format("{}/100", at), "--gap",
                     fmt::format("{}/100", gap), "--domain", "[-1,1]", "--error",
                     fmt::format("2^-{}", test::integer_between(random, 3, 12))});
    CHECK(sampled_error(artifact, 0, [&](const Rational& x) { return x > Rational(at, 100); }) <=
          artifact.claim.error.upper);
    check_verified(artifact);
  }
}

TEST_CASE("files of thresholds with other steps are refused") {
  const json file =
      json::parse(test::made(with(threshold, {"--minimise", "key-switches"}), "f.json"));
  REQUIRE(file["version"] == 2);
  const auto refused = [&](const json& changed, const std::string& word) {
    const auto result = test::verified(changed.dump(), "f.json");
    CHECK(result.status != 0);
    CHECK_MESSAGE(result.errors.find(word) != std::string::npos, result.errors);
  };
  json changed = file;
  changed["steps"].erase(changed["steps"].size() - 1);
  refused(changed, "not");
  changed = file;
  changed["request"]["threshold"] = "0.25";
  refused(changed, "domain");
  changed = file;
  changed["request"].erase("threshold");
  refused(changed, "");
  changed = file;
  changed["error"]["upper"] = file["error"]["attained"];
  refused(changed, "above the claimed");
  changed = file;
  changed["kind"] = "compare";
  refused(changed, "");
}

TEST_CASE("thresholds and indicators that cannot be say what could be") {
  test::check_fails({"step", "--threshold", "0.3", "--error", "2^-8"}, 2, "--gap is missing");
  test::check_fails({"step", "--threshold", "0.3", "--gap", "0.05"}, 2, "--error is missing");
  test::check_fails({"step", "--threshold", "0.3,0.2", "--error", "0.1"}, 2, "needs A < B");
  test::check_fails({"step", "--threshold", "0.3,0.4", "--gap", "1", "--error", "0.1"}, 2, "--gap");
  test::check_fails({"step", "--threshold", "2", "--gap", "0.1", "--error", "0.1"}, 2, "domain");
  test::check_fails({"step", "--domain", "[-1,1]", "--gap", "0.1", "--error", "0.1"}, 2,
                    "--threshold");
  test::check_fails(with(threshold, {"--degrees", "7,7"}), 2, "--degrees");
  test::check_fails(with(threshold, {"--range", "2"}), 2, "--range");
  test::check_fails(with(threshold, {"--max-levels", "4"}), 3, "level");
  test::check_fails({"relu", "--threshold", "1", "--bits", "8"}, 2, "threshold");
  test::check_fails({"indicator", "--width", "1", "--gap", "1", "--range", "2", "--error", "0.1"},
                    2, "--range");
  test::check_fails({"indicator", "--width", "0", "--gap", "1", "--range", "2", "--error", "0.1"},
                    2, "--width");
}
