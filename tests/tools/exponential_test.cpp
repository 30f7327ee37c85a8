// equiripple exp: what it makes, what it refuses, and verify on its files.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "generator/function/evaluate.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

const Words wide = {"exp", "--domain", "[-64,0]", "--error", "2^-8", "--relative"};
const Words wider = {"exp", "--domain", "[-1024,0]", "--error", "2^-8"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The largest error of the program, and of the tables squared, against exp itself.
Rational sampled_error(const Artifact& artifact, bool relative) {
  const Interval domain = hull(artifact.stages.front().domain);
  const SeriesEvaluator<PlotReal> polynomial(artifact.stages.front().polynomial);
  PlotReal largest = 0;
  constexpr int samples = 500;
  for (int i = 0; i <= samples; ++i) {
    const auto x = from_rational<PlotReal>(
        Rational(domain.lower + (domain.upper - domain.lower) * Rational(i, samples)));
    const PlotReal exact = real_exp(x);
    PlotReal table = polynomial(x);
    for (std::size_t k = 1; k < artifact.steps.size(); ++k) table *= table;
    const PlotReal program = value_of_program(*artifact.plan, x);
    for (const PlotReal& value : {table, program}) {
      const PlotReal error = real_abs(PlotReal(value - exact));
      largest = std::max(largest, relative ? PlotReal(error / exact) : error);
    }
  }
  return to_rational(largest);
}

}  // namespace

TEST_CASE("exp on wide ranges: levels and key switches, proved and proved again") {
  for (const Words& words : {with(wide, {"--max-levels", "6"}), wider}) {
    const std::string content = test::made(words, "f.json");
    CHECK(test::made(words, "f.json") == content);
    const Artifact artifact = *artifact_from_json_text(content);
    CHECK(artifact.plan->costs.levels <= 7);
    CHECK(artifact.plan->costs.key_switches <= 8);
    CHECK(artifact.claim.error.upper <= power_of_two(-8));
    CHECK(sampled_error(artifact, words.back() == "6") <= artifact.claim.error.upper);
    test::check_proved_again(words, "exp: the error is at most");
    test::check_every_form(content);
  }
}

TEST_CASE("the first form is the minimax polynomial, and none that is taken costs more") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 3 * test::effort(); ++i) {
    const int lower = -test::integer_between(random, 1, 40);
    const bool relative = test::integer_between(random, 0, 1) == 1;
    const std::string domain =
        fmt::format("[{},{}]", lower, lower + test::integer_between(random, 1, 40));
    const std::string error = fmt::format("2^-{}", test::integer_between(random, 3, 20));
    Words words = {"exp", "--domain", domain, "--error", error, "--minimise", "levels"};
    Words direct = {"minimax", "--function", "exp(x)",     "--domain", domain,
                    "--error", error,        "--minimise", "levels"};
    if (relative) {
      words.push_back("--relative");
      direct.push_back("--relative");
    }
    CAPTURE(domain);
    CAPTURE(error);
    CAPTURE(relative);
    const Artifact artifact = *artifact_from_json_text(test::made(words, "f.json"));
    const Artifact one = *artifact_from_json_text(test::made(direct, "f.json"));
    const PlanCosts& costs = artifact.plan->costs;
    CHECK(std::pair{costs.levels, costs.key_switches} <=
          std::pair{one.plan->costs.levels, one.plan->costs.key_switches});
    CHECK(sampled_error(artifact, relative) <= artifact.claim.error.upper);
    const auto result = test::verified(to_json_text(artifact), "f.json");
    CHECK_MESSAGE(result.status == 0, result.errors);
  }
}

TEST_CASE("within six levels a square and a rest takes ten key switches, one polynomial twelve") {
  const Words words = with(wider, {"--max-levels", "6"});
  const std::string content = test::made(words, "f.json");
  const Artifact artifact = *artifact_from_json_text(content);
  CHECK(artifact.plan->costs.levels == 6);
  CHECK(artifact.plan->costs.key_switches <= 10);
  CHECK(artifact.stages.front().claim.error.lower == 0);  // it is the best of no class
  CHECK(artifact.claim.error.upper <= power_of_two(-8));
  CHECK(sampled_error(artifact, false) <= artifact.claim.error.upper);
  test::check_proved_again(words, "exp: the error is at most");
  test::check_every_form(content);
  const std::string shown = test::equiripple(words).output;
  CHECK(shown.find("one polynomial, degree 61    6 levels   12 key switches") != std::string::npos);
  CHECK(shown.find("no polynomial of its class") == std::string::npos);
  json claims_best = json::parse(content);
  claims_best["stages"][0]["error"]["lower"] = claims_best["stages"][0]["error"]["attained"];
  CHECK(test::verified(claims_best.dump(), "f.json").status == 4);
}

TEST_CASE("the forms that were tried are listed") {
  const auto shown = test::equiripple(wider);
  CHECK(shown.output.find("  one polynomial, degree 61 ") != std::string::npos);
  CHECK(shown.output.find("taken: error at most") != std::string::npos);
  const test::TemporaryFolder folder;
  const Words to_file = with(wider, {"--squarings", "4", "-o", "f.hpp"});
  CHECK(test::equiripple(to_file, folder.path()).output == "");
  const auto explained = test::equiripple(with(to_file, {"--explain"}), folder.path());
  CHECK(explained.output.find("degree 7, 4 squarings") != std::string::npos);
}

TEST_CASE("files of exp with other steps are refused") {
  const json file = json::parse(test::made(with(wider, {"--squarings", "4"}), "f.json"));
  const auto refused = [&](const json& changed, const std::string& word) {
    const auto result = test::verified(changed.dump(), "f.json");
    CHECK(result.status != 0);
    CHECK_MESSAGE(result.errors.find(word) != std::string::npos, result.errors);
  };
  json changed = file;
  changed["steps"].erase(4);
  refused(changed, "is not what the steps do there");
  changed = file;
  changed["steps"][4] = {{"op", "product"}, {"of", {4, 0}}};
  refused(changed, "result_product_0");
  changed = file;
  changed["steps"][4]["of"] = {3};
  refused(changed, "not used");
  changed = file;
  changed["steps"][4] = {{"op", "affine"}, {"of", {4}}, {"scale", "0x1p+0"}, {"offset", "0x0p+0"}};
  refused(changed, "not");
  changed = file;
  changed["steps"][4]["op"] = "cube";
  refused(changed, "polynomial, square, product, affine, refresh or sum");
  changed = file;
  changed.erase("steps");
  refused(changed, "steps");
  changed = file;
  changed["version"] = 1;
  refused(changed, "steps");
  changed = file;
  changed["error"]["upper"] = file["error"]["attained"];
  refused(changed, "above the claimed");
  changed = file;
  changed["request"]["squarings"] = "3";
  refused(changed, "squarings");
}

TEST_CASE("requests of exp that cannot be met say what could be") {
  test::check_fails({"exp", "--domain", "[-64,0]"}, 2, "--error");
  test::check_fails({"exp", "--error", "2^-8"}, 2, "--domain");
  test::check_fails({"exp", "--domain", "[-64,1000]", "--error", "2^-8"}, 2, "too large");
  test::check_fails({"exp", "--domain", "[-1024,0]", "--error", "2^-8", "--relative"}, 2,
                    "leave --relative out");
  test::check_fails({"exp", "--domain", "[-64,0]", "--error", "2", "--relative"}, 2, "--error '2'");
  test::check_fails({"exp", "--domain", "[-64,0]", "--error", "0"}, 2, "--error '0'");
  test::check_fails(with(wide, {"--max-levels", "5"}), 3, "takes 6 levels");
  test::check_fails(with(wide, {"--max-key-switches", "3"}), 3, "7 key switches");
  test::check_fails(with(wider, {"--squarings", "0", "--max-levels", "5"}), 3, "degree 61");
}

TEST_CASE("relative errors that no ciphertext holds are marked") {
  const std::string mark = "below the noise of ciphertexts";
  CHECK(test::equiripple(wide).output.find(mark) != std::string::npos);
  const Words narrow = {"exp", "--domain", "[-4,0]", "--error", "2^-8", "--relative"};
  CHECK(test::equiripple(narrow).output.find(mark) == std::string::npos);
}
