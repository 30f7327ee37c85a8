// mod1 against published settings; with its doublings, against the sine.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/plan/latency.hpp"
#include "generator/function/parse.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

Words inside(int range, const std::string& width, int doublings, const Words& more) {
  Words words = {"mod1",  "--range",        std::to_string(range),     "--width",
                 width,   "--double-angle", std::to_string(doublings), "--doublings",
                 "inside"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The largest error against sin(2 pi x) of the program and of the table, doubled.
Rational sampled_error(const Artifact& artifact) {
  const SeriesEvaluator<PlotReal> cosine(artifact.stages.front().polynomial);
  const int doublings = static_cast<int>(artifact.steps.size()) / 2;
  PlotReal largest = 0;
  for (const Interval& interval : artifact.stages.front().domain) {
    constexpr int samples = 40;
    for (int i = 0; i <= samples; ++i) {
      const auto x = from_rational<PlotReal>(
          Rational(interval.lower + (interval.upper - interval.lower) * Rational(i, samples)));
      const PlotReal sine = real_sin(PlotReal(2 * real_pi<PlotReal>() * x));
      PlotReal table = cosine(x);
      for (int k = 0; k < doublings; ++k) table = 2 * table * table - 1;
      for (const PlotReal& value : {table, value_of_program(*artifact.plan, x)}) {
        largest = std::max(largest, PlotReal(real_abs(PlotReal(value - sine))));
      }
    }
  }
  return to_rational(largest);
}

Words reduced(int range, const std::string& width, const std::string& doublings,
              const Words& more) {
  Words words = {"mod1",    "--range",  std::to_string(range), "--width", width, "--double-angle",
                 doublings, "--arcsine"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The largest error against x - i of the program and of the tables, on the interval of each i, by a
// cosine and an arcsine written out here.
Rational sampled_reduction_error(const Artifact& artifact) {
  const StageRecord& first = artifact.stages.front();
  const StageRecord& last = artifact.stages.back();
  const SeriesEvaluator<PlotReal> cosine(first.polynomial);
  const SeriesEvaluator<PlotReal> arcsine(last.polynomial);
  const int doublings = (static_cast<int>(artifact.steps.size()) - 2) / 2;
  PlotReal largest = 0;
  for (const Interval& interval : first.domain) {
    const Rational integer = floor_of((interval.lower + interval.upper + 1) / 2);
    constexpr int samples = 40;
    for (int i = 0; i <= samples; ++i) {
      const Rational at = interval.lower + (interval.upper - interval.lower) * Rational(i, samples);
      const auto x = from_rational<PlotReal>(at);
      const auto exact = from_rational<PlotReal>(Rational(at - integer));
      PlotReal table = cosine(x);
      if (artifact.stages.size() == 2) {
        for (int k = 0; k < doublings; ++k) table = 2 * table * table - 1;
        table = arcsine(table);
      }
      for (const PlotReal& value : {table, value_of_program(*artifact.plan, x)}) {
        largest = std::max(largest, PlotReal(real_abs(PlotReal(value - exact))));
      }
    }
  }
  return to_rational(largest);
}

}  // namespace

TEST_CASE("the cosine of modular reduction: published errors to 8 digits") {
  const auto settings = test::data("modular_reduction.json");
  for (const auto& row : settings["rows"]) {
    CAPTURE(row.dump());
    const test::TemporaryFolder folder;
    const auto result =
        test::equiripple({"mod1", "--range", std::to_string(row["K"].get<int>()), "--width",
                          "2^-" + std::to_string(row["w"].get<int>()), "--double-angle",
                          std::to_string(row["r"].get<int>()), "--degree",
                          std::to_string(row["degree"].get<int>()), "-o", "f.json"},
                         folder.path());
    REQUIRE_MESSAGE(result.status == 0, result.errors);
    const auto file = nlohmann::json::parse(test::content_of(folder / "f.json"));
    const Rational lower = *parse_hexfloat(file["error"]["lower"].get<std::string>());
    const Rational published = *parse_number(row["E"].get<std::string>());
    CHECK(abs(lower - published) < published * Rational(1, 100'000'000));
    CHECK(file["stages"][0]["domain"].size() == 2 * row["K"].get<std::size_t>() - 1);
    CHECK(file["error"]["evidence"] == "proved");
  }
}

TEST_CASE("with its doublings the sine is proved, and proved again") {
  for (const auto& [words, levels] : {std::pair{inside(25, "2^-10", 2, {"--degree", "59"}), 8},
                                      {inside(25, "2^-10", 3, {"--error", "2^-30"}), 9},
                                      {inside(2, "1/8", 0, {"--error", "0.01"}), 5}}) {
    const std::string content = test::made(words, "f.json");
    const Artifact artifact = *artifact_from_json_text(content);
    CHECK(artifact.plan->costs.levels <= levels);
    const Rational sampled = sampled_error(artifact);
    CHECK(sampled <= artifact.claim.error.upper);
    CHECK(sampled >= artifact.claim.error.upper * Rational(9, 10));
    test::check_proved_again(words, "the error is at most");
    test::check_every_form(content);
  }
}

// The weight of the cosine is what the doublings do to its error.
TEST_CASE("of its degree the cosine is nearly the best for the sine") {
  const auto error_of = [](const Words& words) {
    return artifact_from_json_text(test::made(words, "f.json"))->claim.error;
  };
  const Rational inside_error = error_of(inside(25, "2^-10", 2, {"--degree", "59"})).upper;
  const Rational outside = error_of({"mod1", "--range", "25", "--width", "2^-10", "--double-angle",
                                     "2", "--degree", "59"})
                               .lower;
  CHECK(inside_error < outside * 16);  // the doublings may make 4^2 of it
  CHECK(inside_error > outside * 4);   // and make 2^2 at least of the least
}

TEST_CASE("random cosines with doublings hold what they claim") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 3 * test::effort(); ++i) {
    const Words words = inside(test::integer_between(random, 1, 20),
                               "2^-" + std::to_string(test::integer_between(random, 3, 12)),
                               test::integer_between(random, 0, 4),
                               {"--degree", std::to_string(test::integer_between(random, 15, 60))});
    CAPTURE(words[2]);
    CAPTURE(words[4]);
    CAPTURE(words[6]);
    CAPTURE(words.back());
    const std::string content = test::made(words, "f.json");
    const Artifact artifact = *artifact_from_json_text(content);
    CHECK(sampled_error(artifact) <= artifact.claim.error.upper);
    const auto result = test::verified(content, "f.json");
    CHECK_MESSAGE(result.status == 0, result.errors);
  }
}

TEST_CASE("false claims about doublings are refused") {
  const json file = json::parse(test::made(inside(5, "2^-8", 2, {"--degree", "30"}), "f.json"));
  json other = file;
  other["steps"][2]["offset"] = "-0x1.8p+0";
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = file;
  other["request"]["double-angle"] = "1";
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = file;
  other["request"].erase("doublings");
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = file;
  const Rational upper = *parse_hexfloat(file["error"]["upper"].get<std::string>());
  other["error"]["upper"] = hexfloat(Rational(to_double(Rational(upper * Rational(9, 10)))));
  other["error"]["attained"] = other["error"]["lower"] = "0x0p+0";
  CHECK(test::verified(other.dump(), "f.json").status != 0);
}

TEST_CASE("the whole reduction is proved, and proved again") {
  for (const auto& [words, levels] :
       {std::pair{reduced(25, "2^-10", "2", {"7", "--degree", "59"}), 12},
        {reduced(12, "2^-6", "auto", {"auto", "--error", "2^-30"}), 12},
        {reduced(3, "1/8", "0", {"auto", "--error", "2^-10"}), 9},
        {reduced(3, "1/16", "auto", {"5", "--error", "2^-16"}), 9}}) {
    const std::string content = test::made(words, "f.json");
    const Artifact artifact = *artifact_from_json_text(content);
    CHECK(artifact.plan->costs.levels <= levels);
    const Rational sampled = sampled_reduction_error(artifact);
    CHECK(sampled <= artifact.claim.error.upper);
    CHECK(sampled >= artifact.claim.error.upper * Rational(3, 4));
    test::check_proved_again(words, "the error is at most");
    test::check_every_form(content);
  }
}

// sin(2 pi x) / (2 pi) is off by (2 pi)^2 w^3 / 6; the arcsine takes that away.
TEST_CASE("the arcsine reaches errors that the sine alone cannot") {
  const Artifact reduction = *artifact_from_json_text(
      test::made(reduced(12, "2^-6", "2", {"auto", "--error", "2^-40"}), "f.json"));
  CHECK(reduction.claim.error.upper <= power_of_two(-40));
  const Rational width = power_of_two(-6);
  CHECK(width * width * width * 6 > power_of_two(-16));
  const auto tried = test::equiripple(reduced(12, "2^-6", "2", {"auto", "--error", "2^-40"}));
  CHECK(tried.output.find("one polynomial") != std::string::npos);
  CHECK(tried.output.find("taken: error at most") != std::string::npos);
}

TEST_CASE("a reduction keeps to a budget of key switches, or says that none does") {
  const auto asked = [](const std::string& most) {
    return reduced(12, "2^-6", "auto", {"auto", "--error", "2^-30", "--max-key-switches", most});
  };
  const Artifact within = *artifact_from_json_text(test::made(asked("13"), "f.json"));
  CHECK(within.plan->costs.key_switches <= 13);
  const auto refused = test::equiripple(asked("4"));
  CHECK(refused.status == 3);
  CHECK_MESSAGE(refused.errors.find("within the budget") != std::string::npos, refused.errors);
}

// Where latency decides, fewer doublings are left untried, and said to be; by levels all are tried.
TEST_CASE("what is left untried costs more") {
  const Words words = reduced(25, "2^-10", "auto", {"auto", "--error", "2^-30"});
  const std::string few = test::equiripple(words).output;
  CHECK(few.find("not tried: the fewer the doublings, the more it costs") != std::string::npos);
  const Artifact chosen = *artifact_from_json_text(test::made(words, "f.json"));
  const auto latency = [](const Artifact& artifact) {
    return latency_of(artifact.plan->program, CostTable::transforms());
  };
  for (const std::string doublings : {"1", "2"}) {
    const Words other = reduced(25, "2^-10", doublings, {"auto", "--error", "2^-30"});
    CHECK(latency(chosen) < latency(*artifact_from_json_text(test::made(other, "f.json"))));
  }
}

TEST_CASE("random reductions hold what they claim") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 3 * test::effort(); ++i) {
    const Words words =
        reduced(test::integer_between(random, 1, 16),
                "2^-" + std::to_string(test::integer_between(random, 3, 12)),
                i % 2 == 0 ? "auto" : std::to_string(test::integer_between(random, 0, 4)),
                {i % 3 == 0 ? std::to_string(2 * test::integer_between(random, 3, 8) + 1) : "auto",
                 "--error", "2^-" + std::to_string(test::integer_between(random, 12, 34))});
    std::string shown;
    for (const std::string& word : words) shown += word + " ";
    CAPTURE(shown);
    const auto result = test::equiripple(words);
    if (result.status == 3) continue;  // a given arcsine may be too short
    const std::string content = test::made(words, "f.json");
    const Artifact artifact = *artifact_from_json_text(content);
    CHECK(sampled_reduction_error(artifact) <= artifact.claim.error.upper);
    const auto proved = test::verified(content, "f.json");
    CHECK_MESSAGE(proved.status == 0, proved.errors);
  }
}

TEST_CASE("reductions that cannot be had say why") {
  const auto too_coarse = test::equiripple(reduced(3, "2^-8", "2", {"auto", "--degree", "3"}));
  CHECK(too_coarse.status == 3);
  CHECK_MESSAGE(too_coarse.errors.find("--degree 3: the sine leaves") != std::string::npos,
                too_coarse.errors);
  const auto too_fine = test::equiripple(reduced(3, "2^-8", "2", {"auto", "--error", "2^-60"}));
  CHECK(too_fine.status == 3);
  CHECK_MESSAGE(too_fine.errors.find("not 2^-60") != std::string::npos, too_fine.errors);
}

TEST_CASE("false claims about a reduction are refused") {
  const json file =
      json::parse(test::made(reduced(5, "2^-5", "2", {"5", "--degree", "30"}), "f.json"));
  const auto refused = [](const json& changed) {
    CHECK(test::verified(changed.dump(), "f.json").status != 0);
  };
  json other = file;
  other["steps"][2]["offset"] = "-0x1.8p+0";
  refused(other);
  other = file;
  other["steps"].erase(5);
  refused(other);
  other = file;
  other["request"]["arcsine"] = "3";
  refused(other);
  other = file;
  other["request"].erase("arcsine");
  other["request"]["doublings"] = "inside";
  refused(other);
  other = file;
  other["request"]["width"] = "2^-4";
  refused(other);
  other = file;  // the sine leaves a domain that is half as wide
  const Rational end = *parse_hexfloat(file["stages"][1]["domain"][0][1].get<std::string>());
  other["stages"][1]["domain"] = {{hexfloat(-end / 2), hexfloat(end / 2)}};
  refused(other);
  other = file;
  const Rational upper = *parse_hexfloat(file["error"]["upper"].get<std::string>());
  other["error"]["upper"] = hexfloat(Rational(to_double(Rational(upper * Rational(9, 10)))));
  other["error"]["attained"] = other["error"]["lower"] = "0x0p+0";
  refused(other);
  other = file;  // a program whose arcsine reads another value
  json& program = other["plan"]["program"];
  for (json& instruction : program) {
    if (instruction["op"] == "stage") instruction["args"] = {"start"};
  }
  refused(other);
}

TEST_CASE("wrong words of mod1") {
  const auto refused = [](const std::vector<std::string>& words, const std::string& token) {
    std::vector<std::string> all = {"mod1"};
    all.insert(all.end(), words.begin(), words.end());
    const auto result = test::equiripple(all);
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
  };
  refused({"--range", "0", "--width", "1/8", "--degree", "5"}, "--range");
  refused({"--range", "2.5", "--width", "1/8", "--degree", "5"}, "2.5");
  refused({"--range", "3", "--width", "1/2", "--degree", "5"}, "--width");
  refused({"--range", "3", "--width", "1/8", "--double-angle", "-1", "--degree", "5"}, "-1");
  refused({"--range", "3", "--width", "1/8"}, "--degree or --error");
  refused({"--range", "3", "--width", "1/8", "--degree", "5", "--max-key-switches", "3"},
          "--max-key-switches: only with --arcsine");
  const Words inside = {"--range", "3", "--width", "1/8", "--doublings", "inside"};
  const auto with = [&](const Words& more) {
    Words words = inside;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  refused(inside, "--degree or --error");
  refused(with({"--degree", "9", "--coefficient-bits", "60"}), "--coefficient-bits");
  refused(with({"--degree", "9", "--tightness", "2^-20"}), "--tightness");
  refused(with({"--degree", "9", "--double-angle", "auto"}), "only with --arcsine");
  refused(with({"--degree", "9", "--arcsine", "4"}), "--arcsine '4'");
  refused(with({"--degree", "9", "--arcsine", "all"}), "--arcsine");
  refused(with({"--degree", "9", "--arcsine", "auto", "--double-angle", "auto"}),
          "not with --degree");
  refused({"--range", "3", "--width", "0.3", "--arcsine", "auto", "--error", "0.01"}, "below 1/4");
  refused({"--range", "3", "--width", "1/8", "--doublings", "outside", "--degree", "9"},
          "'outside'");
  refused({"--range", "3", "--width", "0.3", "--doublings", "inside", "--degree", "9"},
          "below 1/4");
}
