// False files that verify once let pass, each as it was met.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/bounded_reach.hpp"
#include "tests/support/made.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;

namespace {

using Words = std::vector<std::string>;
const Words relu = {"relu", "--degrees", "7,7", "--range", "50", "--bits", "7"};
const Words exponential = {"minimax", "--function", "exp(x)", "--domain",     "[-1,1]", "--degree",
                           "6",       "--error",    "2^-10",  "--max-levels", "4"};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from << " is not in the text");
  return text.replace(at, from.size(), to);
}

void set_option(Artifact& artifact, const std::string& name,
                const std::vector<std::string>& words) {
  for (RequestOption& option : artifact.request.options) {
    if (option.name == name) option.values = words;
  }
}

// Of the artifact in both forms, written as the tool writes them.
void check_false(const Artifact& artifact, const std::string& word) {
  CAPTURE(word);
  for (const std::string& text : {to_json_text(artifact), to_cpp(artifact)}) {
    const auto result = test::verified_text(text);
    CHECK(result.status == 4);
    CHECK_MESSAGE(result.message.find(word) != std::string::npos, result.message);
  }
}

void check_true(const Artifact& artifact) {
  for (const std::string& text : {to_json_text(artifact), to_cpp(artifact)}) {
    const auto result = test::verified_text(text);
    CHECK_MESSAGE(result.status == 0, result.message);
  }
}

void check_request(const Words& words, const std::string& option, const std::string& value,
                   const std::string& message) {
  CAPTURE(option);
  CAPTURE(value);
  Artifact artifact = test::made_artifact(words);
  set_option(artifact, option, {value});
  check_false(artifact, message);
}

}  // namespace

TEST_CASE("a fit of one point does not make a ReLU proved") {
  Artifact artifact = test::made_artifact(relu);
  artifact.request = {.command = "fit",
                      .options = {{"data", {"points.txt"}},
                                  {"degree", {"7"}},
                                  {"objective", {"minimax"}},
                                  {"point-count", {"1"}},
                                  {"points", {"0 0"}}}};
  artifact.claim.error = {.lower = power_of_two(-40),
                          .attained = power_of_two(-40),
                          .upper = power_of_two(-40),
                          .evidence = Evidence::proved};
  check_false(artifact, "does not make the kind");
  artifact.kind = Kind::minimax;
  check_false(artifact, "minimax");
}

TEST_CASE("what is described is the domain, whatever the basis") {
  Artifact artifact = test::made_artifact({"relu", "--degrees", "7"});
  CHECK(describe_function(artifact) == "relu(x) = max(x, 0) for |x| <= 1");
  ChebyshevSeries& table = artifact.stages.front().polynomial;
  table = from_powers(to_powers(table), {-2, 2});
  table.parity = Parity::odd;
  CHECK(describe_function(artifact) == "relu(x) = max(x, 0) for |x| <= 1");
  CHECK(test::verified_text(to_json_text(artifact)).status == 4);
}

TEST_CASE("the request keeps what it promises") {
  check_request(relu, "bits", "20", "an error of 2^-20");
  check_request(relu, "degrees", "7,15", "other degrees");
  check_request(relu, "degrees", "7", "other degrees");
  check_request(relu, "range", "60", "range that was asked for");
  check_request(relu, "range", "fifty", "--range");
  check_request(exponential, "degree", "7", "is not proved");
  check_request(exponential, "degree", "5", "the table has degree 6");
  check_request(exponential, "error", "2^-40", "an error of 2^-40");
  check_request(exponential, "max-levels", "2", "--max-levels 2");
  check_request(exponential, "domain", "[-1,1/2]", "asked for");
  check_request(exponential, "domain", "[-1,1", "--domain");
  check_request(exponential, "domain", "[1,-1]", "--domain");
  check_request(exponential, "function", "exp(", "--function");
  check_request(exponential, "function", "exp(1.01*x)", "above the claimed");
  Artifact artifact = test::made_artifact(exponential);
  std::erase_if(artifact.request.options,
                [](const RequestOption& option) { return option.name == "domain"; });
  check_false(artifact, "--domain is required");
  artifact = test::made_artifact(exponential);
  artifact.request.command = "approximate";
  check_false(artifact, "--method");
  artifact.request.command = "mod1";
  check_false(artifact, "does not record it");
  artifact.request.command = "exp";
  check_false(artifact, "does not make the kind");
  artifact = test::made_artifact({"sign", "--gap", "1/8", "--degrees", "3,7", "--margin", "2^-12"});
  set_option(artifact, "margin", {"2^-11"});
  check_false(artifact, "margin");
  set_option(artifact, "margin", {"2^-13"});
  check_true(artifact);
  set_option(artifact, "gap", {"1/9"});
  check_false(artifact, "gap that was asked for");
}

TEST_CASE("a promise that is weaker is kept as well") {
  Artifact artifact = test::made_artifact(relu);
  set_option(artifact, "bits", {"6"});
  check_true(artifact);
  artifact = test::made_artifact(exponential);
  set_option(artifact, "max-levels", {"9"});
  check_true(artifact);
}

TEST_CASE("a method is the one that made the table") {
  Artifact artifact = test::made_artifact({"approximate", "--method", "least-squares", "--function",
                                           "exp(x)", "--domain", "[-1,1]", "--degree", "4"});
  check_true(artifact);
  set_option(artifact, "method", {"chebyshev"});
  check_false(artifact, "chebyshev");
  artifact.request = {
      .command = "minimax",
      .options = {{"function", {"exp(x)"}}, {"domain", {"[-1,1]"}}, {"degree", {"4"}}}};
  check_false(artifact, "not the best polynomial");
  artifact = test::made_artifact({"relu", "--stages", "f3,f3"});
  check_true(artifact);
  set_option(artifact, "stages", {"g3,f3"});
  check_false(artifact, "published");
  artifact.request.options = {{"range", {"1"}}, {"degrees", {"7,7"}}};
  check_false(artifact, "not the best polynomial");
}

TEST_CASE("growth is what the program has, neither more nor less") {
  for (const int factor : {2, 1}) {
    Artifact artifact = test::made_artifact(relu);
    artifact.plan->growth *= Rational(factor) + Rational(factor == 1 ? -1 : 0, 2);
    artifact.plan->growth = Rational(to_double(artifact.plan->growth));
    check_false(artifact, "growth");
  }
}

TEST_CASE("what is said of the outside is proved again, or measured where it says so") {
  const Artifact proved = test::made_artifact(exponential);
  REQUIRE(proved.outside.has_value());
  CHECK(proved.outside->evidence == Evidence::proved);
  Artifact measured = proved;
  measured.outside->evidence = Evidence::measured;
  for (const Artifact& made : {proved, measured}) {
    check_true(made);
    Artifact artifact = made;
    artifact.outside->reach.upper *= 2;
    check_false(artifact, "outside");
    artifact = made;
    artifact.outside->bound = 1;  // exp passes that inside
    check_false(artifact, "what is said of the outside: the magnitude");
    artifact = made;
    artifact.outside->reach.lower = Rational(-1, 2);  // and is no outside
    check_false(artifact, "outside");
    artifact = made;
    artifact.outside->bound *= 2;
    artifact.outside->reach.upper = Rational(to_double((artifact.outside->reach.upper + 1) / 2));
    check_true(artifact);
  }
}

TEST_CASE("up to where a sign is on its side of 0 is proved again") {
  const Artifact made = test::made_artifact(relu);
  REQUIRE(made.outside->side.has_value());
  check_true(made);
  Artifact artifact = made;
  artifact.outside->side = Rational(to_double(*made.outside->side * Rational(11, 10)));
  check_false(artifact, "on its side of 0");
  artifact.outside->side = 49;  // within the range
  check_false(artifact, "on its side of 0");
  artifact = test::made_artifact(exponential);
  artifact.outside->side = 1;
  check_false(artifact, "on its side of 0");
}

TEST_CASE("--beyond is a wider range with the gap where it was") {
  const Artifact beyond = test::made_artifact(
      {"relu", "--degrees", "7,7", "--range", "50", "--gap", "0.1", "--beyond", "1.2"});
  const Artifact wider =
      test::made_artifact({"relu", "--degrees", "7,7", "--range", "60", "--gap", "1/12"});
  CHECK(beyond.stages.front().polynomial.coefficients ==
        wider.stages.front().polynomial.coefficients);
  CHECK(beyond.stages.front().domain.back().upper == 60);
  check_true(beyond);
  // The error is that of the range asked for: 2^-7 of 50, in units of 60.
  const Artifact bits =
      test::made_artifact({"relu", "--bits", "7", "--range", "50", "--beyond", "1.2"});
  CHECK(bits.claim.error.upper * 60 <= Rational(50, 128));
  const Artifact halves = test::made_artifact(
      {"minimax", "--function", "sin(x)", "--domain", "[0,1]", "--degree", "5", "--beyond", "3"});
  CHECK(hull(halves.stages.front().domain).lower == -1);
  CHECK(hull(halves.stages.front().domain).upper == 2);
}

// 1/x^2 beside 0: the polynomial is far larger between its intervals than on them.
TEST_CASE("the outside of two intervals counts what lies between them") {
  const Artifact artifact =
      test::made_artifact({"minimax", "--function", "1/x^2", "--domain", "[-1,-0.9]", "--domain",
                           "[0.9,1]", "--degree", "12"});
  REQUIRE(artifact.outside.has_value());
  const SeriesEvaluator<Real<128>> polynomial(artifact.stages.front().polynomial);
  const auto bound = from_rational<Real<128>>(artifact.outside->bound);
  for (int i = -100; i <= 100; ++i) CHECK(real_abs(polynomial(Real<128>(i) / 100)) <= bound);
  check_true(artifact);
}

TEST_CASE("the rounding of the coefficients is looked at") {
  Artifact artifact = test::made_artifact(exponential);
  artifact.stages.front().rounding = RoundingMethod::lattice;
  check_false(artifact, "rounded one by one");
  artifact = test::made_artifact(relu);
  artifact.stages.front().rounding = RoundingMethod::lattice;
  check_false(artifact, "rounded one by one");
}

TEST_CASE("a range of two parts holds values of one") {
  Artifact artifact = test::made_artifact(exponential);
  Domain& range = artifact.stages.front().range;
  const Interval whole = range.front();
  range = {{whole.lower, 1}, {2, whole.upper}};
  check_false(artifact, "leave the claimed range");
}

TEST_CASE("a program that is left out is missed") {
  Artifact artifact = test::made_artifact(
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "6"});
  artifact.plan.reset();
  const auto result = test::verified_text(to_json_text(artifact));
  CHECK(result.status == 4);
  CHECK_MESSAGE(result.message.find("program is missing") != std::string::npos, result.message);
}

TEST_CASE("fields that follow from others follow from them") {
  const std::string text = to_json_text(test::made_artifact(exponential));
  const std::pair<std::string, std::string> edits[] = {
      {"\"log2_upper\": -", "\"log2_upper\": -1"},
      {"\"keeps\": [\n      \"-0x1p+0\"", "\"keeps\": [\n      \"-0x1.8p+0\""},
      {"\"name\": \"f\"", "\"name\": \"f\",\n  \"note\": \"exact\""},
      {"\"0x1p+0\"", "\"0x8p-3\""},  // the same number, but not as it is written
  };
  for (const auto& [from, to] : edits) {
    CAPTURE(to);
    const auto result = test::verified_text(replaced(text, from, to));
    CHECK(result.status == 4);
    CHECK_MESSAGE(result.message.find("follow") != std::string::npos, result.message);
  }
  // Order and white space are free.
  CHECK(test::verified_text(Json::parse(text).dump()).status == 0);
  CHECK(test::verified_text(nlohmann::json::parse(text).dump()).status == 0);
  // A field that is there twice is one thing to a reader, another to the next.
  const auto twice =
      test::verified_text(replaced(text, "\"name\": \"f\"", "\"name\": \"f\",\n  \"name\": \"f\""));
  CHECK(twice.status == 2);
  CHECK(twice.message.find("twice") != std::string::npos);
}

// The compiler joins the lines: the table is another one.
TEST_CASE("a header says to its reader what it says to a compiler") {
  const std::string header = to_cpp(test::made_artifact(exponential));
  const auto refused = [&](const std::string& text, const std::string& word) {
    CAPTURE(word);
    const auto result = test::verified_text(text);
    CHECK(result.status == 4);
    CHECK_MESSAGE(result.message.find(word) != std::string::npos, result.message);
  };
  const std::size_t line_end = header.find('\n', header.find("// T0"));
  for (const char* join : {"\\", "\\ ", "?\?/", "\\\t"}) {
    std::string joined = header;
    refused(joined.insert(line_end, join), "backslash");
  }
  const std::string plan = "// The straight-line program";
  refused(replaced(header, plan, "#if 0\n" + plan), "directive");
  refused(replaced(header, plan, "#define square multiply\n" + plan), "directive");
  refused(replaced(header, "    const Value ", "    /* once more */ const Value "), "comment");
  refused(replaced(header, plan, "// caf\xc3\xa9\n" + plan), "not shown");
  refused(replaced(header, plan, "static_assert(true, \"//\"); // \n" + plan), "to the letter");
  refused(replaced(header, "namespace f {\n", "namespace f {\nusing float_t = float;\n"),
          "to the letter");
}

TEST_CASE("the sentences of a header are those of its claims") {
  const Artifact artifact = test::made_artifact(relu);
  const std::string header = to_cpp(artifact);
  CHECK(test::verified_text(header).status == 0);
  const std::pair<std::string, std::string> edits[] = {
      {size_text(artifact.claim.error.upper), "2^-30"},
      {"for |x| <= 50\n", "for |x| <= 500\n"},
      {"evidence: proved", "evidence: proved twice"},
      {"6 levels", "5 levels"},
      {"on its domain", "everywhere"},
      {"--bits 7", "--bits 20"},
      {"// T1  ", "// T1  1"},
      {"/// relu(x)", "/// exactly relu(x)"},
      {"// RECORD", "// A RECORD"},
      {"}  // namespace f\n", "}  // namespace f\n// at most 2^-30\n"},
  };
  for (const auto& [from, to] : edits) {
    CAPTURE(to);
    const auto result = test::verified_text(replaced(header, from, to));
    CHECK((result.status == 4 || (from == "// RECORD" && result.status == 2)));
  }
  CHECK(test::verified_text(header + "\n").status == 4);
  CHECK(test::verified_text(header.substr(0, header.size() - 1)).status == 4);
  // The version that wrote it may be another; what it wrote may not.
  const std::string line = "// Generator   equiripple ";
  const std::size_t version = header.find(line) + line.size();
  std::string other = header;
  other.replace(version, header.find('\n', version) - version, "0.0.7");
  CHECK(test::verified_text(other).status == 0);
  const auto changed = test::verified_text(replaced(other, "6 levels", "6  levels"));
  CHECK(changed.status == 4);
  CHECK_MESSAGE(changed.message.find("0.0.7") != std::string::npos, changed.message);
  other.replace(version, 5, "0.0.7, exact");
  CHECK(test::verified_text(other).status == 4);
}

TEST_CASE("the error of a fit is said to be at the points, nowhere else") {
  const Artifact relu_of_points = [] {
    Artifact artifact = test::made_artifact(exponential);
    artifact.request.command = "fit";
    return artifact;
  }();
  const std::string header = to_cpp(relu_of_points);
  CHECK(header.find("at the points.") != std::string::npos);
  CHECK(header.find("on its domain") == std::string::npos);
  CHECK(summary(relu_of_points, settings_of(relu_of_points))
            .find("at the points in [-1, 1]: error") != std::string::npos);
}
