// What a plan is to be good at, as a user asks for it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emit/plan/make_plan.hpp"
#include "emit/request/stage_problem.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

const Words sign_15 = {"sign", "--degrees", "15", "--gap", "2^-6"};

const std::string tail = R"("tensor_product": 0, "scalar_product": 0, "addition": 0})";
const std::string switches_alone = R"({"key_switch": 1, "rescaling": 0, )" + tail;
const std::string switches_free = R"({"key_switch": 0, "rescaling": 1, )" + tail;
const std::string levels_dear =
    R"({"key_switch": [1, 10, 100, 1000, 10000, 100000], "rescaling": 1, )" + tail;

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

json made(const test::TemporaryFolder& folder, const Words& words) {
  const auto result = test::equiripple(with(words, {"-o", "f.json"}), folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return json::parse(test::content_of(folder / "f.json"));
}

json plan(const Words& words) { return made(test::TemporaryFolder(), words)["plan"]; }

json plan_by(const std::string& table) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "t.json", table);
  return made(folder, with(sign_15, {"--minimise", "latency", "--model", "t.json"}))["plan"];
}

int number(const json& plan, const char* what) { return plan[what].get<int>(); }

}  // namespace

TEST_CASE("fewer key switches for one more level") {
  const json fewest_levels = plan(sign_15);
  const json fewest_switches = plan(with(sign_15, {"--minimise", "key-switches"}));
  CHECK(number(fewest_levels, "levels") == 4);
  CHECK(number(fewest_switches, "levels") == 5);
  CHECK(number(fewest_switches, "key_switches") < number(fewest_levels, "key_switches"));
  const json bound = plan(with(sign_15, {"--minimise", "key-switches", "--max-levels", "4"}));
  CHECK(bound == fewest_levels);
  CHECK(plan(with(sign_15, {"--minimise", "levels", "--max-levels", "9"})) == fewest_levels);
}

TEST_CASE("a budget of levels that does not suffice exits 3 and says what does") {
  const std::pair<Words, const char*> missed[] = {
      {{"sign", "--degrees", "7,7", "--gap", "2^-6", "--max-levels", "5"},
       "--max-levels 5: degrees 7, 7 take 6 levels"},
      {{"relu", "--degrees", "7", "--no-absorption", "--max-levels", "3"},
       "--max-levels 3: degree 7 takes 4 levels"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "5", "--max-levels",
        "2", "--minimise", "latency"},
       "--max-levels 2: degree 5 takes 3 levels"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "4", "--max-levels",
        "2", "--no-absorption"},
       "--max-levels 2: degree 4 takes 3 levels"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "4", "--max-levels",
        "3", "--coefficient-bits", "60"},
       "--max-levels 3: there is no plan within it"},
  };
  for (const auto& [words, message] : missed) {
    const test::TemporaryFolder folder;
    const auto result = test::equiripple(with(words, {"-o", "f.json"}), folder.path());
    CHECK(result.status == 3);
    CHECK_MESSAGE(result.errors.find(message) != std::string::npos, result.errors);
    CHECK(folder.files() == 0);
  }
  CHECK(test::equiripple({"relu", "--degrees", "7", "--max-levels", "3"}).status == 0);
}

TEST_CASE("without absorption the result is no multiple") {
  const json absorbed = plan({"relu", "--degrees", "7"});
  const json whole = plan({"relu", "--degrees", "7", "--no-absorption"});
  CHECK(absorbed["output_scale_factor"] != "0x1p+0");
  CHECK(whole["output_scale_factor"] == "0x1p+0");
  CHECK(number(absorbed, "levels") == 3);
  CHECK(number(whole, "levels") == 4);
  const Words square = {"approximate",  "--method", "given",    "--function", "x^2",
                        "--polynomial", "x^2",      "--domain", "[-8,8]"};
  CHECK(number(plan(square), "levels") == 1);
  CHECK(number(plan(with(square, {"--no-absorption"})), "levels") == 2);
}

TEST_CASE("costs decide where the latency is minimised") {
  const json fewest_levels = plan(sign_15);
  const json fewest_switches = plan(with(sign_15, {"--minimise", "key-switches"}));
  CHECK(plan_by(switches_alone)["key_switches"] == fewest_switches["key_switches"]);
  CHECK(plan_by(switches_alone)["levels"] == fewest_switches["levels"]);
  CHECK(plan_by(levels_dear)["levels"] == fewest_levels["levels"]);
  CHECK(number(plan_by(switches_free), "rescalings") <=
        std::min(number(fewest_levels, "rescalings"), number(fewest_switches, "rescalings")));
}

TEST_CASE("growth beyond the limit is said") {
  const auto narrow = test::equiripple(with(sign_15, {"--max-growth", "1"}));
  CHECK(narrow.status == 0);
  CHECK_MESSAGE(narrow.output.find(", above the limit 2^0.16\n") != std::string::npos,
                narrow.output);
  const auto wide = test::equiripple(with(sign_15, {"--max-growth", "2^20"}));
  CHECK(wide.output.find("above the limit") == std::string::npos);
}

TEST_CASE("what was asked of the plan is recorded, and makes the same file again") {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "tables");
  test::write_text(folder / "tables/my costs.json", levels_dear);
  test::write_text(folder / "data.txt", "-1 1\n0 0\n1 1\n2 3\n3 3.5\n");
  const Words options = {
      "--minimise",   "latency", "--max-levels",   "7", "--model", "tables/my costs.json",
      "--max-growth", "2^5",     "--no-absorption"};
  const Words commands[] = {
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "7"},
      {"mod1", "--range", "1", "--width", "1/8", "--degree", "7"},
      {"fit", "--data", "data.txt", "--degree", "3"},
      {"sign", "--gap", "1/4", "--degrees", "7"},
      {"step", "--gap", "1/4", "--degrees", "7"},
      {"compare", "--gap", "1/4", "--degrees", "7"},
      {"relu", "--degrees", "7"},
      {"abs", "--degrees", "7"},
      {"max", "--degrees", "7"},
      {"min", "--degrees", "7"},
  };
  for (const Words& command : commands) {
    CAPTURE(command[0]);
    const auto done =
        test::equiripple(with(with(command, options), {"-o", "made.hpp"}), folder.path());
    REQUIRE_MESSAGE(done.status == 0, done.errors);
    const std::string header = test::content_of(folder / "made.hpp");
    const std::string recorded =
        " --minimise latency --max-levels 7 --model 'my costs.json' --max-growth 2^5 "
        "--no-absorption";
    CHECK(header.find(recorded) != std::string::npos);
    const std::size_t begin = header.find("//   equiripple ") + 5;
    const std::string line = header.substr(begin + 11, header.find('\n', begin) - begin - 11);
    const std::string again = test::binary() + " " + line;
    const test::TemporaryFolder other;  // where the table is at hand
    test::write_text(other / "my costs.json", levels_dear);
    test::write_text(other / "data.txt", test::content_of(folder / "data.txt"));
    REQUIRE(test::run({"sh", "-c", again}, other.path()).status == 0);
    CHECK(test::content_of(other / "made.hpp") == header);
    const test::TemporaryFolder alone;  // and where only the header is
    test::write_text(alone / "made.hpp", header);
    CHECK(test::equiripple({"emit", "made.hpp", "--target", "cpp"}, alone.path()).output == header);
    CHECK(test::equiripple({"verify", "made.hpp"}, alone.path()).status == 0);
  }
}

TEST_CASE("wrong words about the plan exit 2 and are named") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "negative.json", R"({"key_switch": -1, "rescaling": 1, )" + tail);
  test::write_text(folder / "text.json", "key_switch = 1");
  const Words latency = {"--minimise", "latency"};
  const std::pair<Words, const char*> wrong[] = {
      {{"--minimise", "speed"}, "--minimise 'speed'"},
      {{"--minimise", "key_switches"}, "--minimise 'key_switches'"},
      {{"--minimise", ""}, "--minimise ''"},
      {{"--max-levels", "0"}, "--max-levels '0'"},
      {{"--max-levels", "-3"}, "--max-levels '-3'"},
      {{"--max-levels", "4.5"}, "--max-levels '4.5'"},
      {{"--max-levels", "many"}, "--max-levels 'many'"},
      {{"--max-levels", "1e30"}, "--max-levels '1e30'"},
      {{"--max-growth", "1/2"}, "--max-growth '1/2'"},
      {{"--max-growth", "-64"}, "--max-growth '-64'"},
      {{"--max-growth", "far"}, "--max-growth 'far'"},
      {{"--model", "negative.json"}, "'negative.json'"},
      {{"--minimise", "levels", "--model", "negative.json"}, "--minimise latency"},
      {with(latency, {"--model", "negative.json"}), "'negative.json': \"key_switch\" must be"},
      {with(latency, {"--model", "text.json"}), "'text.json': the text is not JSON"},
      {with(latency, {"--model", "absent.json"}), "'absent.json'"},
      {with(latency, {"--model", "."}), "directory"},
  };
  for (const auto& [words, token] : wrong) {
    CAPTURE(token);
    const auto result =
        test::equiripple(with(with(sign_15, words), {"-o", "f.json"}), folder.path());
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
    CHECK(folder.files() == 2);
  }
}

// The plan of least latency takes more; verify, which counts, agrees.
TEST_CASE("a bound on key switches is kept where a plan with more levels keeps it") {
  const struct {
    Words words;
    int most;
  } rows[] = {
      {{"sign", "--gap", "1/4", "--degrees", "25"}, 6},
      {{"rsqrt", "--domain", "[2^-8,1]", "--error", "2^-20"}, 11},
      {{"divide", "--numerator", "[-1,1]", "--domain", "[2^-6,1]", "--error", "2^-10"}, 8},
      {{"step", "--threshold", "0", "--gap", "1/4", "--domain", "[-1,1]", "--error", "2^-11"}, 6},
      {{"exp", "--domain", "[-64,0]", "--error", "2^-8", "--relative", "--squarings", "2"}, 7},
      {{"rmsnorm", "--length", "3", "--variance", "[1/4,4]", "--error", "2^-6"}, 5},
  };
  for (const auto& row : rows) {
    CAPTURE(row.words);
    const test::TemporaryFolder folder;
    const std::string most = std::to_string(row.most);
    made(folder, with(row.words, {"--max-key-switches", most}));
    const auto verified = test::equiripple({"verify", "f.json"}, folder.path());
    CHECK_MESSAGE(verified.status == 0, verified.errors);
    const auto below = test::equiripple(
        with(row.words, {"--max-key-switches", std::to_string(row.most / 2)}), folder.path());
    CHECK(below.status == 3);
    CHECK_MESSAGE(below.errors.find(" " + most) != std::string::npos, below.errors);  // would do
  }
}

// Once by 2^-40.4, with as many key switches.
TEST_CASE("a plan that rounds little is bounded by its polynomial") {
  const Artifact artifact = test::made_artifact(
      {"mod1", "--range", "8", "--width", "2^-14", "--double-angle", "0", "--degree", "54"});
  const ChebyshevSeries& stored = artifact.stages.front().polynomial;
  const Rational size = coefficient_distance(stored, {.basis = stored.basis});
  const ErrorEnclosure& error = artifact.claim.error;
  CHECK(error.upper <= error.attained * (1 + power_of_two(-9)) + size * power_of_two(-51));
  CHECK(artifact.plan->costs.key_switches <= 9);
}

// Plans of less cost round 2^2 to 2^4 times as much here.
TEST_CASE("the scalars of a plan round no more than the coefficients, four times over") {
  const Words rows[] = {
      {"minimax", "--function", "log(1+exp(x))", "--domain", "[104/64,164/64]", "--degree", "36"},
      {"minimax", "--function", "gelu(x)", "--domain", "[-48/64,-33/64]", "--degree", "24"},
  };
  for (const Words& words : rows) {
    CAPTURE(words);
    const Artifact artifact = test::made_artifact(words);
    const ChebyshevSeries& stored = artifact.stages.front().polynomial;
    const Rational size = coefficient_distance(stored, {.basis = stored.basis});
    const ErrorEnclosure& error = artifact.claim.error;
    CHECK(error.upper <= error.attained * (1 + power_of_two(-9)) + size * power_of_two(-51));
    const PlanSettings asked = settings_of(artifact);
    const auto cheap = make_plan(Kind::minimax, {stored}, asked);
    CHECK(cheap->plan.costs != artifact.plan->costs);
    CHECK_FALSE(rounds_little(stored, cheap->computed.front()));
  }
  // Where the error is larger by far, the cheapest plan is taken as it is.
  const Artifact rough =
      test::made_artifact({"minimax", "--function", "log(1+exp(x))", "--domain", "[104/64,164/64]",
                           "--degree", "36", "--coefficient-bits", "30"});
  const ChebyshevSeries& stored = rough.stages.front().polynomial;
  const auto cheap = make_plan(Kind::minimax, {stored}, settings_of(rough));
  CHECK(cheap->plan.costs == rough.plan->costs);
  CHECK_FALSE(rounds_little(stored, cheap->computed.front()));
}

// Of relative errors the polynomial is seldom what limits; what rounding leaves falls with the
// degree, if not at every step.
TEST_CASE("a budget of levels takes the degree that rounding spoils least") {
  const Words words = {"minimax", "--function", "exp(x)",       "--domain",
                       "[-10,0]", "--relative", "--max-levels", "5"};
  const Artifact artifact = test::made_artifact(words);
  for (const char* degree : {"26", "29", "31"}) {
    Words other = words;
    other[6] = "--degree";
    other[7] = degree;
    CHECK(artifact.claim.error.upper <=
          test::made_artifact(other).claim.error.upper * Rational(4, 3));
  }
}

TEST_CASE("hints and degrees are those of coefficients in the form that is asked for") {
  const Words coarse = {"minimax", "--function",         "exp(x)", "--domain", "[-1,1]", "--error",
                        "0.0056",  "--coefficient-bits", "8"};
  const auto hinted = test::equiripple(coarse);
  REQUIRE(hinted.status == 0);
  CHECK(hinted.output.find("2^-22") == std::string::npos);  // what degree 7 has in binary64
  // Degree 7 has it before the rounding, 8 not after it.
  const json sigmoid =
      made(test::TemporaryFolder(), {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]",
                                     "--error", "0.02", "--coefficient-bits", "8"});
  CHECK(sigmoid["stages"][0]["degree"] == 9);
}
