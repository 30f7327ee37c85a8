// Files: what is written is read back the same, and what is wrong is refused by name.
#include "emit/artifact.hpp"

#include <doctest/doctest.h>

#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/json.hpp"
#include "tests/support/artifacts.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from << " is not in the text");
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("JSON and C++ go there and back") {
  const Artifact artifacts[] = {
      test::polynomial_artifact("sigmoid(x)", "[-8,8]", 9),
      test::polynomial_artifact("exp(x)", "[0,1/3]", 4),
      test::polynomial_artifact("3", "[-1,1]", 2),
      test::polynomial_artifact("x*(1-x)", "[0,1]", 2),
      test::polynomial_artifact("sin(x)", "[-1,1]", 60),
      test::sign_artifact(Kind::sign, {15, 7}, "2^-5", "1"),
      test::sign_artifact(Kind::relu, {7, 7}, "", "50"),
      test::sign_artifact(Kind::max, {7, 7}, "", "0.1"),
      test::made_artifact(
          {"relu", "--degrees", "3,7", "--refresh", "levels=5,noise=2^-10,cost=800,start=1"}),
      test::made_artifact({"softmax", "--length", "4", "--range", "1", "--error", "2^-4"}),
      test::made_artifact({"layernorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-4"}),
      test::made_artifact({"rmsnorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-4"}),
      test::made_artifact(
          {"argmax", "--slots", "2", "--gap", "1", "--range", "1", "--error", "2^-2"}),
      test::made_artifact({"rmsnorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-3",
                           "--refresh", "levels=5,noise=2^-12,cost=8,start=3"}),
      test::made_artifact({"largest", "--slots", "3", "--range", "1", "--error", "1/4"}),
      test::made_artifact({"compare-and-swap", "--degrees", "3,7"}),
  };
  for (const Artifact& artifact : artifacts) {
    const std::string json = to_json_text(artifact);
    const auto from_json = artifact_from_json_text(json);
    REQUIRE_MESSAGE(from_json.has_value(), from_json.error().why);
    CHECK(to_json_text(*from_json) == json);
    const std::string header = to_cpp(artifact);
    const auto from_header = artifact_from_cpp(header);
    REQUIRE_MESSAGE(from_header.has_value(), from_header.error().why);
    CHECK(to_cpp(*from_header) == header);
    CHECK(to_json_text(*from_header) == json);
  }
}

TEST_CASE("claims are ordered, and the stored parity is exact") {
  const Artifact relu = test::sign_artifact(Kind::relu, {7, 15}, "", "2");
  CHECK(relu.claim.metric == Metric::relu);
  CHECK(relu.claim.error.lower == relu.claim.error.attained);
  CHECK(relu.claim.error.attained <= relu.claim.error.upper);
  CHECK(relu.claim.error.evidence == Evidence::proved);
  for (const StageRecord& stage : relu.stages) CHECK(stage.polynomial.parity == Parity::odd);
  // abs(x) is off by twice what relu(x) is off by; step by half of sign.
  const Artifact absolute = test::sign_artifact(Kind::abs, {7, 15}, "", "2");
  CHECK(absolute.claim.error.upper == 2 * relu.claim.error.upper);
  const Artifact sign = test::sign_artifact(Kind::sign, {7, 15}, "2^-4", "1");
  const Artifact step = test::sign_artifact(Kind::step, {7, 15}, "2^-4", "1");
  // Up to the rounding of the scalars of their programs.
  CHECK(abs(2 * step.claim.error.upper - sign.claim.error.upper) < power_of_two(-45));
}

TEST_CASE("a header is read from its code: an edit by hand is seen") {
  const Artifact artifact = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  const std::string header = to_cpp(artifact);
  const auto read = [](const std::string& text) { return artifact_from_cpp(text); };
  const std::string c3 = "-0x1.1f";
  const auto edited = read(replaced(header, c3, "-0x1.2f"));
  REQUIRE(edited.has_value());
  CHECK(edited->stages[0].polynomial.coefficients[3] !=
        artifact.stages[0].polynomial.coefficients[3]);
  const auto decimal = read(replaced(header, "{-0x1p+0, 0x1p+0}", "{-1.0, 1.0}"));
  REQUIRE_MESSAGE(decimal.has_value(), decimal.error().why);
  CHECK(decimal->stages[0].polynomial.basis.upper == 1);
  const auto uneven = read(replaced(header, "0x0p+0,", "0x1p-9,"));  // a zero of the parity
  REQUIRE(uneven.has_value());
  CHECK(contradiction_in(*uneven).find("parity") != std::string::npos);
  const auto cheaper = read(replaced(header, "int levels = 2", "int levels = 1"));
  REQUIRE(cheaper.has_value());
  CHECK(contradiction_in(*cheaper).find("levels") != std::string::npos);
  CHECK_FALSE(read(replaced(header, "coefficients_1 =", "coefficients_2 =")).has_value());
  CHECK_FALSE(read(replaced(header, "he.square(", "he.cube(")).has_value());
  CHECK_FALSE(read(replaced(header, "RECORD", "record")).has_value());
  CHECK_FALSE(read("").has_value());
  CHECK_FALSE(read("namespace x {}").has_value());
}

TEST_CASE("a wrong artifact is refused by the name of what is wrong") {
  const std::string json = to_json_text(test::sign_artifact(Kind::sign, {3}, "1/4", "1"));
  const std::tuple<const char*, const char*, const char*> spoilt[] = {
      {"\"equiripple\"", "\"other\"", "format"},
      {"\"version\": 1", "\"version\": 3", "version"},
      {"\"degree\": 3", "\"degree\": 5", "coefficients"},
      {"\"degree\": 3", "\"degree\": -1", "degree"},
      {"\"parity\": \"odd\"", "\"parity\": \"odder\"", "parity"},
      {"\"0x0p+0\"", "0.0", "hex-float"},
      {"\"0x0p+0\"", "\"nan\"", "hex-float"},
      {"\"kind\": \"sign\"", "\"kind\": \"sine\"", "kind"},
      {"\"evidence\": \"proved\"", "\"evidence\": \"sworn\"", "evidence"},
      {"\"name\": \"my_sign\"", "\"name\": \"my sign\"", "name"},
      {"\"name\": \"t2\"", "\"name\": \"t1\"", "twice"},
      {"\"op\": \"square\"", "\"op\": \"cube\"", "op"},
      {"\"stages\": [", "\"steps\": [", "stages"},
      {"\"basis\": [\n        \"-0x1p+0\"", "\"basis\": [\n        \"-0x1p+5000\"", "basis"},
      {"\"half_width\": \"0x1p+0\"", "\"half_width\": \"0x1p+5000\"", "binary64"},
      {"\"growth\": \"0x1.8p+1\"", "\"growth\": \"0x1p+5000\"", "growth"},
      {"\"lower\": \"0x1", "\"lower\": \"-0x1", "negative"},
      {"\"kind\": \"sign\"", "\"kind\": \"compare\"", "inputs"},
      {"\"half_width\": \"0x1p+0\"", "\"half_width\": \"0x0p+0\"", "half_width"},
      {"\"depth\": 0", "\"depth\": 1", "depth"},
      {"\"depth\": 0", "\"depth\": 18446744073709551615", "depth"},
  };
  for (const auto& one : spoilt) {
    const std::string from = std::get<0>(one);
    const std::string to = std::get<1>(one);
    const std::string word = std::get<2>(one);
    CAPTURE(to);
    const auto result = artifact_from_json_text(replaced(json, from, to));
    CHECK_FALSE(result.has_value());
    CHECK_MESSAGE(result.error().why.find(word) != std::string::npos, result.error().why);
  }
  CHECK_FALSE(artifact_from_json_text("").has_value());
  CHECK_FALSE(artifact_from_json_text("[]").has_value());
  CHECK_FALSE(artifact_from_json_text(std::string(100'000, '[')).has_value());
}

TEST_CASE("truncated files are refused, at every length") {
  const Artifact artifact = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  const std::string json = to_json_text(artifact);
  for (std::size_t n = 0; n + 2 < json.size(); n += 7) {
    CHECK_FALSE(artifact_from_json_text(json.substr(0, n)).has_value());
  }
  const std::string header = to_cpp(artifact);
  for (std::size_t n = 0; n + 2 < header.size(); n += 13) {
    CHECK_FALSE(artifact_from_cpp(header.substr(0, n)).has_value());
  }
}

// Found by fuzzing: each was read before, or brought the reader down.
TEST_CASE("nothing follows an artifact") {
  const std::string json = to_json_text(test::sign_artifact(Kind::sign, {3}, "1/4", "1"));
  REQUIRE(artifact_from_json_text(json + "\n").has_value());
  for (const std::string& rest : {std::string("x"), std::string("{}"), std::string(1, '\0'),
                                  std::string("\0 claims of its own", 20)}) {
    CHECK_FALSE(artifact_from_json_text(json + rest).has_value());
  }
}

TEST_CASE("a header is refused where C++ or its own program would say something else") {
  const std::string header = to_cpp(test::sign_artifact(Kind::sign, {3}, "1/4", "1"));
  const auto read = [](const std::string& text) { return artifact_from_cpp(text); };
  const std::string basis = "{-0x1p+0, 0x1p+0}";
  for (const char* number : {"4/4", "2^0", "pi", "(1)", "010", "1e400", "x", ""}) {
    CAPTURE(number);  // 1/4 is 0 in C++, 2^0 is 2, 010 is 8
    const std::string pair = std::string("{-0x1p+0, ") + number + "}";
    CHECK_FALSE(read(replaced(header, basis, pair)).has_value());
  }
  for (const char* number : {"1", "1.0", "10e-1", "+1.", "0x8p-3"}) {
    CAPTURE(number);
    const std::string pair = std::string("{-0x1p+0, ") + number + "}";
    CHECK(read(replaced(header, basis, pair)).has_value());
  }
  const std::string result = "    return ";
  const std::string dropped = "    const Value low = he.drop(x, -1);\n";
  CHECK_FALSE(read(replaced(header, result, dropped + result)).has_value());
  const std::string deep(200'000, '[');
  const auto nested = read(replaced(header, "\"command\": ", "\"command\": " + deep));
  CHECK(nested.error().why.find("deep") != std::string::npos);
}

TEST_CASE("messages are one printable line, whatever they quote") {
  const std::string json = to_json_text(test::sign_artifact(Kind::sign, {3}, "1/4", "1"));
  const std::string escape = "\"\\u001b[2J\\n\xc3\xa9\": 1, \"command\": ";
  const auto result = artifact_from_json_text(replaced(json, "\"command\": ", escape));
  CHECK(result.error().why.find("[2J") != std::string::npos);
  for (const char c : result.error().why) CHECK((c >= ' ' && c <= '~'));
}

TEST_CASE("names and words that look like the header's own text") {
  Artifact artifact = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  for (Instruction& step : artifact.plan->program) step.name = "value_" + step.name + "_return";
  artifact.request.options = {{"record", {record_mark, "return x;"}}};
  const auto again = artifact_from_cpp(to_cpp(artifact));
  REQUIRE_MESSAGE(again.has_value(), again.error().why);
  CHECK(to_json_text(*again) == to_json_text(artifact));
}

TEST_CASE("inputs stand before operations") {
  Artifact artifact = test::sign_artifact(Kind::compare, {3}, "1/4", "1");
  REQUIRE(defect_of(artifact).empty());
  artifact.plan->program.push_back({.operation = PlanOperation::input, .name = "late"});
  artifact.kind = Kind::compare;
  artifact.plan->program.erase(artifact.plan->program.begin() + 1);
  for (Instruction& step : artifact.plan->program) {
    if (step.left > 0) --step.left;
    if (step.right > 0) --step.right;
  }
  CHECK(defect_of(artifact).find("input") != std::string::npos);
}

TEST_CASE("small files do not become large tables") {
  const std::string json = to_json_text(test::sign_artifact(Kind::sign, {3}, "1/4", "1"));
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += "\"0x1p-9\",";
  const auto result = artifact_from_json_text(replaced(json, "\"0x0p+0\",", many));
  CHECK(result.error().why.find("\"coefficients\" must be a list of at most 4096") !=
        std::string::npos);
}

// Whatever is done to a file, reading it gives an artifact or a message.
TEST_CASE("random damage") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const Artifact artifact = test::sign_artifact(Kind::compare, {3}, "1/4", "1");
  const std::string texts[] = {to_json_text(artifact), to_cpp(artifact)};
  for (int i = 0; i < 400 * test::effort(); ++i) {
    std::string text = texts[i % 2];
    for (int edits = test::integer_between(random, 1, 4); edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      const int what = test::integer_between(random, 0, 2);
      if (what == 0) text[at] = static_cast<char>(random() % 256);
      if (what == 1) text.erase(at, random() % 40);
      if (what == 2) text.insert(at, text.substr(random() % text.size(), random() % 40));
    }
    if (i % 2 == 0) {
      const auto result = artifact_from_json_text(text);
      if (!result) CHECK_FALSE(result.error().why.empty());
    } else {
      const auto result = artifact_from_cpp(text);
      if (!result) CHECK_FALSE(result.error().why.empty());
    }
  }
}

TEST_CASE("names that C++ can use") {
  for (const char* name : {"relu", "relu_50", "R", "sign_d3", "a1"}) CHECK(is_identifier(name));
  for (const char* name : {"", "1a", "my relu", "my-relu", "class", "double", "std", "_x", "a__b",
                           "x;y", "x\n", "equiripple", "main", "sin", "caf\xc3\xa9", "and", "*/"}) {
    CAPTURE(name);
    CHECK_FALSE(is_identifier(name));
  }
  CHECK_FALSE(is_identifier(std::string(1000, 'a')));
}

// A file from elsewhere may hold any text in its request; the header's comments must contain it.
TEST_CASE("no text of a request leaves its comment") {
  Artifact artifact = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  artifact.kind = Kind::minimax;
  const std::string nasty[] = {"x\n#error injected",
                               "x */ int injected;",
                               "x \\",
                               "x ?\?/",
                               "\"; int injected; \"",
                               "x\r\nint injected;",
                               "x\\\nint injected;",
                               "\xe2\x80\xa8int injected;",
                               std::string("x\0y", 3)};
  for (const std::string& text : nasty) {
    artifact.request = {.command = text, .options = {{"function", {text}}, {text, {text, text}}}};
    const std::string header = to_cpp(artifact);
    std::size_t begin = 0;
    while (begin < header.size()) {
      const std::size_t end = header.find('\n', begin);
      const std::string line = header.substr(begin, end - begin);
      const std::size_t comment = line.find("//");
      CHECK(line.find("injected") >= comment);  // npos, or inside a line comment
      CHECK((line.empty() || line.back() != '\\'));
      for (const char c : line) CHECK((c >= ' ' && c <= '~'));
      begin = end + 1;
    }
  }
}

TEST_CASE("what a readable artifact says of itself can be false on the face of it") {
  const Artifact artifact = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  CHECK(contradiction_in(artifact).empty());
  const auto spoilt = [&](const auto& spoil) {
    Artifact copy = artifact;
    spoil(copy);
    CHECK(defect_of(copy).empty());
    return contradiction_in(copy);
  };
  CHECK(spoilt([](Artifact& a) { a.claim.error.upper /= 2; }).find("lower") != std::string::npos);
  CHECK(spoilt([](Artifact& a) { a.stages[0].claim.error.lower *= 2; }).find("lower") !=
        std::string::npos);
  CHECK(spoilt([](Artifact& a) { a.stages[0].polynomial.coefficients[0] = 1; }).find("parity") !=
        std::string::npos);
  CHECK(spoilt([](Artifact& a) { a.stages[0].domain.back().upper = 2; }).find("basis") !=
        std::string::npos);
  CHECK(spoilt([](Artifact& a) { a.plan->costs.key_switches = 1; }).find("key switches") !=
        std::string::npos);
}

TEST_CASE("headers only where C++ can carry the numbers") {
  Artifact wide = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  wide.stages[0].polynomial.coefficients[1] += power_of_two(-80);
  CHECK(obstacle_to_cpp(wide).find("53 bits") != std::string::npos);
  Artifact unplanned = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  unplanned.plan.reset();
  CHECK(obstacle_to_cpp(unplanned).find("a plan") != std::string::npos);
}

TEST_CASE("a summary says function, error and costs") {
  const std::string text = summary(test::sign_artifact(Kind::relu, {7, 7}, "", "50"), {});
  for (const char* word : {"relu", "degrees 7, 7", "2^-7.0", "proved", "levels", "key switches"}) {
    CHECK(text.find(word) != std::string::npos);
  }
}

TEST_CASE("command lines are quoted for a shell") {
  CHECK(command_line(
            {.command = "minimax", .options = {{"function", {"sin(x)"}}, {"degree", {"3"}}}}) ==
        "equiripple minimax --function 'sin(x)' --degree 3");
  CHECK(command_line({.command = "a", .options = {{"b", {"it's"}}}}) ==
        "equiripple a --b 'it'\\''s'");
}
