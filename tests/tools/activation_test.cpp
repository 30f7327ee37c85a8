// Activations on wide ranges: one polynomial or folds, what is refused, and verify on their files.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit/json.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

const Words sigmoid = {"activation", "--function", "sigmoid(x)", "--range",
                       "128",        "--error",    "2^-6"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The largest error of the tables and of the program, at points that are dense near 0.
double sampled_error(const Artifact& artifact, const std::string& function) {
  const CompiledFunction<PlotReal> f(*parse_function(function));
  const StepEvaluator<PlotReal> tables(artifact.steps, polynomials_of(artifact));
  const Rational range = artifact.stages.front().domain.back().upper;
  constexpr int samples = 300;
  PlotReal largest = 0;
  for (int i = -samples; i <= samples; ++i) {
    const Rational part(i, samples);
    for (const Rational& at : {Rational(range * part), Rational(range * part * part * part)}) {
      const auto x = from_rational<PlotReal>(at);
      for (const PlotReal& value : {tables(x), value_of_program(*artifact.plan, x)}) {
        largest = std::max(largest, real_abs(PlotReal(value - f(x))));
      }
    }
  }
  return convert<double>(largest);
}

void check_holds(const Artifact& artifact, const std::string& function) {
  const double error = sampled_error(artifact, function);
  CHECK(error <= to_double(artifact.claim.error.upper, Rounding::up));
  CHECK(error >= to_double(artifact.claim.error.upper) / 4);
  const auto result = test::verified(to_json_text(artifact), "f.json");
  CHECK_MESSAGE(result.status == 0, result.errors);
}

}  // namespace

TEST_CASE("folds of a sigmoid take no more than its best polynomial, proved and proved again") {
  const Artifact artifact = test::made_artifact(sigmoid);
  CHECK(artifact.stages.size() > 1);
  CHECK(artifact.claim.error.upper <= power_of_two(-6));
  check_holds(artifact, "sigmoid(x)");
  const Artifact best = test::made_artifact(
      {"minimax", "--function", "sigmoid(x)", "--domain", "[-128,128]", "--error", "2^-6"});
  CHECK(artifact.plan->costs.key_switches < best.plan->costs.key_switches);
  REQUIRE(artifact.outside.has_value());
  CHECK(artifact.outside->evidence == Evidence::proved);
  CHECK(artifact.outside->reach.upper > 128);
  const std::string header = test::made(sigmoid, "f.hpp");
  CHECK(test::verified(header, "f.hpp").status == 0);
  CHECK(header.find("|value| at most") != std::string::npos);
  CHECK(test::made(sigmoid, "f.hpp") == header);
}

TEST_CASE("odd, even, shifted and kinked functions; a name alone") {
  for (const char* function : {"tanh", "clip(x,-1,3)", "1/(1+x^2)", "erf(x)/2 - 1/4"}) {
    CAPTURE(function);
    const Artifact artifact = test::made_artifact(
        {"activation", "--function", function, "--range", "64", "--error", "0.05"});
    check_holds(artifact, std::string(function) == "tanh" ? "tanh(x)" : function);
  }
}

TEST_CASE("what one polynomial does best is one, also of a function that is not flat") {
  const Artifact artifact =
      test::made_artifact({"activation", "--function", "gelu", "--range", "8", "--error", "2^-5"});
  CHECK(artifact.stages.size() == 1);
  check_holds(artifact, "gelu(x)");
  const Artifact square = test::made_artifact(
      {"activation", "--function", "x^2", "--range", "4096", "--error", "2^-10"});
  CHECK(square.stages.front().polynomial.degree() == 2);
}

TEST_CASE("x times folds: what is nearly a line on either side of 0") {
  const Words gelu = {"activation", "--function", "gelu", "--range", "60", "--error", "2^-8"};
  const Artifact artifact = test::made_artifact(with(gelu, {"--minimise", "key-switches"}));
  CHECK(artifact.plan->costs.key_switches <= 12);  // as many as of degree 144, whose growth is 73
  CHECK(artifact.plan->growth <= 32);
  CHECK(artifact.stages.size() > 1);
  CHECK(artifact.steps.back().operation == StepOperation::product);
  REQUIRE(artifact.outside.has_value());  // of the polynomials before the product
  CHECK(artifact.outside->evidence == Evidence::proved);
  CHECK(artifact.outside->reach.upper >= 60);
  CHECK(artifact.claim.error.upper <= power_of_two(-8));
  check_holds(artifact, "gelu(x)");
  const std::string header = test::made(gelu, "f.hpp");
  CHECK(test::verified(header, "f.hpp").status == 0);
  for (const auto& [function, error] :
       {std::pair{"x*tanh(x)", "0.05"}, {"leaky_relu(x)", "0.02"}}) {
    CAPTURE(function);
    const Artifact other =
        test::made_artifact({"activation", "--function", function, "--range", "100", "--error",
                             error, "--minimise", "key-switches"});
    CHECK(other.steps.back().operation == StepOperation::product);
    check_holds(other, function);
  }
}

TEST_CASE("every form of a file of x times folds, and what it refuses to be") {
  const Words gelu = {"activation", "--function", "gelu", "--range", "60", "--error", "2^-8"};
  const test::TemporaryFolder folder;
  const std::string text = test::made(gelu, "f.json");
  test::write_text(folder / "f.json", text);
  for (const char* target : {"cpp", "openfhe", "lattigo", "python", "mlir", "csv", "latex"}) {
    const auto emitted =
        test::equiripple({"emit", "f.json", "--target", target, "-o", "out"}, folder.path());
    CHECK_MESSAGE(emitted.status == 0, emitted.errors);
    if (std::string(target) == "python") {
      CHECK(test::content_of(folder / "out").find("return x * (1 + value) / 2") !=
            std::string::npos);
    }
  }
  CHECK(test::equiripple({"plot", "f.json", "-o", "f.svg"}, folder.path()).status == 0);
  CHECK(test::equiripple({"inspect", "f.json", "--compare"}, folder.path()).status == 0);
  const json file = json::parse(text);
  const auto refused = [&](const json& changed, const std::string& word) {
    const auto result = test::verified(changed.dump(), "f.json");
    CHECK(result.status != 0);
    CHECK_MESSAGE(result.errors.find(word) != std::string::npos, result.errors);
  };
  json changed = file;
  changed["error"]["upper"] = file["error"]["attained"];
  refused(changed, "above the claimed");
  changed = file;
  changed["request"]["function"] = "silu";
  refused(changed, "above the claimed");
  changed = file;  // without x
  changed["steps"].erase(changed["steps"].size() - 1);
  refused(changed, "");
  changed = file;  // x times the value of a fold
  changed["steps"][changed["steps"].size() - 1]["of"] = {0, 1};
  refused(changed, "");
  changed = file;
  changed["stages"][0]["range"] = {{"-0x1p-1", "0x1p-1"}};
  refused(changed, "");
  changed = file;
  changed["outside"]["reach"] = {"-0x1p+7", "0x1p+7"};
  refused(changed, "outside");
}

TEST_CASE("activations that cannot be had say why") {
  // No polynomial of degree 4095 is within 0.28 * 2^20 / 4095 / 2 of the kink.
  test::check_fails({"activation", "--function", "relu", "--range", "2^20", "--error", "1"}, 3,
                    "not flat");
  test::check_fails({"activation", "--function", "1/x", "--range", "8", "--error", "1"}, 2, "pole");
  test::check_fails({"activation", "--function", "floor(x)", "--range", "8", "--error", "1"}, 2,
                    "jump");
  test::check_fails({"activation", "--function", "tanh", "--range", "0", "--error", "1"}, 2,
                    "--range");
  test::check_fails({"activation", "--function", "tanh", "--range", "8", "--error", "2^-60"}, 2,
                    "--error");
  test::check_fails({"activation", "--function", "tanh", "--range", "8"}, 2, "--error");
  test::check_fails(with(sigmoid, {"--max-levels", "4"}), 3, "level");
}

TEST_CASE("every form of a file with folds, and what it refuses to be") {
  const std::string text = test::made(sigmoid, "f.json");
  test::check_every_form(text);
  const json file = json::parse(text);
  const auto refused = [&](const json& changed, const std::string& word) {
    const auto result = test::verified(changed.dump(), "f.json");
    CHECK(result.status != 0);
    CHECK_MESSAGE(result.errors.find(word) != std::string::npos, result.errors);
  };
  json changed = file;
  changed["error"]["upper"] = file["error"]["attained"];
  refused(changed, "above the claimed");
  changed = file;
  changed["request"]["function"] = "sigmoid(x/2)";
  refused(changed, "above the claimed");
  changed = file;
  changed["request"]["range"] = "256";
  refused(changed, "domain");
  changed = file;
  changed["request"]["error"] = "2^-12";
  refused(changed, "the request is of an error of");
  changed = file;
  changed["stages"][0]["range"] = {{"-0x1p-1", "0x1p-1"}};
  refused(changed, "");
  changed = file;
  changed["outside"]["reach"] = {"-0x1p+8", "0x1p+8"};
  refused(changed, "outside");
  changed = file;
  changed["steps"][1]["of"] = 0;
  refused(changed, "");
}
