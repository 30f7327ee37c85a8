// approximate --method given: tables as people have them, their domains, powers as they are
// written.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/json.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::number;

namespace {

using Words = std::vector<std::string>;

constexpr const char* tanh_form = "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))";

std::string table(const std::string& name) {
  const nlohmann::json tables = test::data("gelu_tables.json");
  for (const nlohmann::json& one : tables["tables"]) {
    if (one["name"] == name) return one["text"];
  }
  FAIL(name);
  return {};
}

Words given(const std::string& function, const std::string& domain, const Words& more) {
  Words words = {"approximate", "--method", "given", "--function", function, "--domain", domain};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The proved enclosure holds the value, which is known to so many digits, and is not far wider.
bool is_about(const Artifact& artifact, const std::string& value, const std::string& unit) {
  const ErrorEnclosure& error = artifact.claim.error;
  return error.evidence == Evidence::proved && error.attained <= number(value) + number(unit) / 2 &&
         error.upper >= number(value) - number(unit) / 2 &&
         error.upper - error.attained <= number(unit);
}

int verified(const test::TemporaryFolder& folder, const std::string& file) {
  return test::equiripple({"verify", file}, folder.path()).status;
}

}  // namespace

TEST_CASE("a published table has the error that is known of it") {
  const Words options = {"--coefficients", table("tree"), "--basis", "chebyshev"};
  CHECK(is_about(test::made_artifact(given("gelu(x)", "[-7,7]", options)), "7.4969e-4", "1e-8"));
  CHECK(is_about(test::made_artifact(given(tanh_form, "[-7,7]", options)), "4.4270e-4", "1e-8"));
  CHECK_FALSE(
      is_about(test::made_artifact(given(tanh_form, "[-7,7]", options)), "4.4271e-4", "1e-8"));
}

TEST_CASE("a published table is right with its first coefficient halved, and only so") {
  const Words options = {"--coefficients", table("halved"), "--basis",
                         "chebyshev",      "--on",          "[-8,8]"};
  const std::string rest = std::string(tanh_form) + " - x/2";
  for (const char* domain : {"[-7,7]", "[-8,8]"}) {
    CAPTURE(domain);
    const auto printed = test::made_artifact(given(rest, domain, options));
    const auto halved = test::made_artifact(given(rest, domain, with(options, {"--halved"})));
    CHECK(is_about(printed, "2.53", "0.01"));
    CHECK(is_about(halved, "7.96e-4", "1e-6"));
    CHECK(halved.stages[0].polynomial.parity == Parity::even);
    CHECK(halved.stages[0].polynomial.basis.upper == 8);  // as it was printed
    CHECK(halved.stages[0].polynomial.coefficients[2] == Rational(1.7359793098548242));
  }
}

TEST_CASE("one polynomial in every basis is one polynomial") {
  // 1/4 + x/2 + x^2/8 on [-8, 8]: T_0 17/4, T_1 4, T_2 4; of t = x/8: 1/4 + 4 t + 8 t^2.
  const std::vector<Words> forms = {
      {"--polynomial", "x^2/8 + x/2 + 1/4"},
      {"--coefficients", "1/4, 1/2, 1/8", "--basis", "powers"},
      {"--coefficients", "[0.25, 4, 8, 0]", "--basis", "powers", "--on", "[-8,8]"},
      {"--coefficients", "4.25, 4, 4", "--basis", "chebyshev"},
      {"--coefficients", "8.5, 4, 4", "--basis", "chebyshev", "--halved", "--on", "[-8,8]"},
      // On [-4, 4], which does not hold the domain: 5/4 + 2 T_1 + T_2.
      {"--coefficients", "1.25, 2, 1", "--basis", "chebyshev", "--on", "[-4,4]"}};
  for (const Words& form : forms) {
    CAPTURE(form[1]);
    const auto made = test::made_artifact(given("relu(x)", "[-8,8]", form));
    CHECK(made.stages[0].polynomial.coefficients == std::vector<Rational>{Rational(17, 4), 4, 4});
    CHECK(made.claim.error.attained <= number("17/4"));
    CHECK(made.claim.error.upper >= number("17/4"));
  }
  const auto wrong = test::made_artifact(
      given("relu(x)", "[-8,8]", {"--coefficients", "4.25, 4, 4", "--basis", "powers"}));
  CHECK(wrong.claim.error.attained > 100);
}

TEST_CASE("relative and weighted errors") {
  // Of 1 + x to exp(x) on [0, 1], relative: 1 - 2/e, at 1. Weighted by exp(x): e (e - 2).
  const Words line = {"--coefficients", "1,1", "--basis", "powers"};
  const auto relative = test::made_artifact(given("exp(x)", "[0,1]", with(line, {"--relative"})));
  CHECK(relative.claim.metric == Metric::relative);
  CHECK(is_about(relative, "1 - 2/e", "1e-6"));
  const auto weighted =
      test::made_artifact(given("exp(x)", "[0,1]", with(line, {"--weight", "exp(x)"})));
  CHECK(weighted.claim.metric == Metric::weighted);
  CHECK(is_about(weighted, "e*(e - 2)", "1e-5"));
}

TEST_CASE("the largest domain that keeps to a tolerance") {
  const auto found = [](const std::string& function, const std::string& domain,
                        const std::string& list, const std::string& tolerance) {
    const auto artifact = test::made_artifact(
        given(function, domain,
              {"--coefficients", list, "--basis", "powers", "--find-domain", tolerance}));
    CHECK(artifact.claim.error.upper <= number(tolerance));
    return artifact.stages[0].domain.front();
  };
  const auto is_at = [](const Rational& end, const std::string& value) {
    return abs(end - number(value)) < number("1e-6");
  };
  // x^2 is within 1/4 of 0 on [-1/2, 1/2], and within T of x^2 + x - x on the same.
  const auto square = found("0*x", "[-0.1,0.1]", "0,0,1", "1/4");
  CHECK(is_at(square.lower, "-1/2"));
  CHECK(is_at(square.upper, "1/2"));
  CHECK(square.upper <= number("1/2"));
  // |x - 1 - log(x)| <= 1/2 between the two roots of x - 1 - log(x) = 1/2: -W(-exp(-3/2)).
  const auto logarithm = found("log(x)", "[0.9,1.1]", "-1,1", "1/2");
  CHECK(is_at(logarithm.lower, "0.30170951"));
  CHECK(is_at(logarithm.upper, "2.35767667"));
  // sqrt ends at 0, where 2/5 is left of the tolerance.
  const auto root = found("sqrt(x)", "[1/2,1]", "0.4,0.6", "1/2");
  CHECK(root.lower == 0);
  // Past a kink, and up to a jump, where the function ends.
  CHECK(is_at(found("abs(x)", "[-0.1,0.1]", "1/4", "1/2").upper, "3/4"));
  CHECK(is_at(found("floor(x)", "[0.25,0.5]", "0", "1/4").upper, "1"));
  // An end that is almost there.
  const auto one = found("0*x", "[-0.999999999,0.1]", "0,0,1", "1");
  CHECK(is_at(one.lower, "-1"));
  CHECK(is_at(one.upper, "1"));
}

TEST_CASE("a table of gelu keeps to 1e-3 a little beyond its interval, and no further") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "table.py", table("tree"));
  const Words words =
      given("gelu(x)", "[-7,7]",
            {"--coefficients", "table.py", "--basis", "chebyshev", "--find-domain", "0.001"});
  const auto made = test::equiripple(with(words, {"-o", "f.json"}), folder.path());
  REQUIRE_MESSAGE(made.status == 0, made.errors);
  CHECK(made.errors.find("within 4.8e-07 beyond either end") != std::string::npos);
  Json json = Json::parse(test::content_of(folder / "f.json"));
  CHECK(verified(folder, "f.json") == 0);
  const auto domain = test::made_artifact(given("gelu(x)", "[-7,7]",
                                                {"--coefficients", table("tree"), "--basis",
                                                 "chebyshev", "--find-domain", "0.001"}))
                          .stages[0]
                          .domain.front();
  CHECK(domain.upper > number("7.01"));
  CHECK(domain.upper < number("7.02"));
  SUBCASE("a smaller domain is not the largest") {
    json["stages"][0]["domain"][0][1] = "0x1.cp+2";
    test::write_text(folder / "g.json", json.dump());
    CHECK(verified(folder, "g.json") == 4);
  }
  SUBCASE("a larger one does not keep to the tolerance") {
    json["stages"][0]["domain"][0][1] = "0x1.c4p+2";
    test::write_text(folder / "g.json", json.dump());
    CHECK(verified(folder, "g.json") == 4);
  }
  SUBCASE("another tolerance is another domain") {
    json["request"]["find-domain"] = "0.0011";
    test::write_text(folder / "g.json", json.dump());
    CHECK(verified(folder, "g.json") != 0);
  }
}

TEST_CASE("files of tables prove themselves without the table, and one that is nudged does not") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "c.csv", "k,c\n0,2.532131755504\n1,1.130318207985\n2,0.271495339534\n");
  const Words words =
      given("exp(x)", "[-1,1]",
            {"--coefficients", "c.csv", "--basis", "chebyshev", "--halved", "--weight", "2 + x"});
  for (const char* file : {"c.hpp", "c.json"}) {
    const auto made = test::equiripple(with(words, {"-o", file}), folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    CHECK(test::content_of(folder / file).find("c.csv") == std::string::npos);
    CHECK(verified(folder, file) == 0);
  }
  Json json = Json::parse(test::content_of(folder / "c.json"));
  json["stages"][0]["coefficients"][1] = "0x1.21p+0";
  test::write_text(folder / "nudged.json", json.dump());
  CHECK(verified(folder, "nudged.json") == 4);
}

TEST_CASE("a power is planned as it is written where that is cheaper") {
  const auto power = [](const std::string& text, const Words& more = {}) {
    return test::made_artifact(given("exp(x)", "[-2,2]", with({"--polynomial", text}, more)));
  };
  const Artifact squared = power("(1 + x/128)^128");
  REQUIRE(squared.plan.has_value());
  CHECK(squared.steps.size() == 8);
  CHECK(squared.stages[0].polynomial.degree() == 1);
  CHECK(squared.plan->costs.levels == 8);
  CHECK(squared.plan->costs.key_switches == 7);
  // exp(2) - (1 + 1/64)^128, at 2.
  CHECK(is_about(squared, "exp(2) - (1 + 1/64)^128", "0.001"));
  CHECK(power("((1 + x/128)^2)^64").steps == squared.steps);
  // Beyond the highest degree of tables: 2^12 is twelve squarings.
  CHECK(power("(1 + x/2^12)**2^12").steps.size() == 13);
  // 96 = 3 * 2^5.
  CHECK(power("(1 + x/96)^96").stages[0].polynomial.degree() * 32 % 96 == 0);
  // What is as cheap multiplied out is multiplied out.
  CHECK(power("(1 + x)^2").steps.empty());
  CHECK(power("(1 + x/3)^3").steps.empty());
  CHECK(power("(1 + x/6)^6").steps.empty());
  CHECK(power("(1 + x/128)^128 + 0").stages[0].polynomial.degree() == 128);
}

TEST_CASE("a power's file proves itself; other squarings are not what was given") {
  const test::TemporaryFolder folder;
  const Words words = given("exp(x)", "[-2,2]", {"--polynomial", "(1 + x/64)^64", "--relative"});
  for (const char* file : {"p.hpp", "p.json"}) {
    const auto made = test::equiripple(with(words, {"-o", file}), folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    CHECK(made.errors.find("multiplied out, degree 64") != std::string::npos);
    CHECK(verified(folder, file) == 0);
  }
  const auto plotted = test::equiripple({"plot", "p.json", "-o", "p.svg"}, folder.path());
  CHECK_MESSAGE(plotted.status == 0, plotted.errors);
  Json json = Json::parse(test::content_of(folder / "p.json"));
  json["stages"][0]["coefficients"][1] = "0x1.01p-5";
  test::write_text(folder / "q.json", json.dump());
  CHECK(verified(folder, "q.json") == 4);
}

TEST_CASE("a table in pieces is a function of each") {
  // Of PUMA (Dong et al. 2023, arXiv 2307.12533): gelu on [-4, 3] in two pieces.
  const test::TemporaryFolder folder;
  const Words words = {
      "approximate",
      "--method",
      "given",
      "--function",
      "gelu(x)",
      "--basis",
      "powers",
      "--piece",
      "[-4,-1.95]: -0.5054031199708174, -0.42226581151983866, -0.11807612951181953, "
      "-0.011034134030615728",
      "--piece",
      "[-1.95,3]: 0.008526321541038084, 0.5, 0.3603292692789629, 0, -0.037688200365904236, 0, "
      "0.0018067462606141187",
      "-o",
      "g.json"};
  const auto made = test::equiripple(words, folder.path());
  REQUIRE_MESSAGE(made.status == 0, made.errors);
  CHECK(made.errors.find("on all 2 pieces the error is at most") != std::string::npos);
  CHECK(folder.files() == 2);
  for (const char* file : {"g_1.json", "g_2.json"}) CHECK(verified(folder, file) == 0);
  const Json second = Json::parse(test::content_of(folder / "g_2.json"));
  CHECK(second["name"] == "g_2");
}

TEST_CASE("wrong requests name the word and what would be right") {
  const Words line = {"--coefficients", "1,1", "--basis", "powers"};
  const std::vector<std::pair<Words, std::string>> cases = {
      {given("exp(x)", "[0,1]", {}), "--polynomial or --coefficients is required"},
      {given("exp(x)", "[0,1]", with(line, {"--polynomial", "x"})), "give one of them"},
      {given("exp(x)", "[0,1]", {"--coefficients", "1,1"}), "--basis is required"},
      {given("exp(x)", "[0,1]", {"--coefficients", "1,1", "--basis", "hermite"}),
       "must be chebyshev or powers"},
      {given("exp(x)", "[0,1]", with(line, {"--halved"})), "only with --basis chebyshev"},
      {given("exp(x)", "[0,1]", {"--polynomial", "x", "--on", "[0,1]"}),
       "--on: only with --coefficients"},
      {given("exp(x)", "[0,1]", with(line, {"--on", "0,1"})), "an interval is written '[a,b]'"},
      {given("exp(x)", "[0,1]", {"--coefficients", "none.csv", "--basis", "powers"}), "none.csv"},
      {given("exp(x)", "[0,1]", {"--coefficients", "1,a", "--basis", "powers"}),
       "number 2, 'a', is no number"},
      {given("exp(x)", "[0,1]", with(line, {"--find-domain", "0"})), "must be above 0"},
      {with(given("exp(x)", "[0,1]", with(line, {"--find-domain", "1"})), {"--domain", "[2,3]"}),
       "takes one --domain"},
      {given("x", "[-1,1]", with(line, {"--relative"})), "vanishes at"},
      {given("x", "[-1,1]", with(line, {"--weight", "x"})), "must be positive"},
      {given("exp(x)", "[0,1]", {"--piece", "[0,1]: 1", "--basis", "powers"}), "give one of them"},
      {{"approximate", "--method", "given", "--function", "x", "--piece", "[0,1] 1"},
       "a piece is written '[a,b]: LIST'"},
      {{"approximate", "--method", "given", "--function", "x", "--basis", "powers", "--piece",
        "[0,1]: 1", "--piece", "[0.5,2]: 1"},
       "overlaps"},
      {{"approximate", "--method", "given", "--function", "x", "--basis", "powers",
        "--coefficients", "1"},
       "--domain is required"},
      {{"approximate", "--method", "chebyshev", "--function", "x", "--degree", "1", "--domain",
        "[0,1]", "--relative"},
       "--relative: only with --method given"},
      {given("exp(x)", "[0,1]", {"--polynomial", "(1 + x/301)^301"}), "must be a polynomial"},
      {given("exp(x)", "[0,1]", {"--polynomial", "(1 + x/512)^512", "--find-domain", "1"}),
       "--find-domain: takes a polynomial of degree at most 255"},
  };
  const test::TemporaryFolder folder;
  for (const auto& [words, message] : cases) {
    CAPTURE(message);
    const auto refused = test::equiripple(with(words, {"-o", "x.hpp"}), folder.path());
    CHECK(refused.status == 2);
    CHECK_MESSAGE(refused.errors.find(message) != std::string::npos, refused.errors);
  }
  CHECK(folder.files() == 0);
  for (const auto& [tolerance, message] :
       {std::pair("0.1", "on --domain the error reaches it, at x = 1"),
        std::pair("1e90", "the error still keeps to it at x = ")}) {
    const auto unmet = test::equiripple(
        given("exp(x)", "[0,1]", with(line, {"--find-domain", tolerance})), folder.path());
    CHECK(unmet.status == 3);
    CHECK_MESSAGE(unmet.errors.find(message) != std::string::npos, unmet.errors);
  }
}
