// verify: true files pass, every false claim exits 4 and says where.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from << " is not in the text");
  return text.replace(at, from.size(), to);
}

// Another file in which one number of the artifact is scaled.
std::string scaled(const std::string& text, const json::json_pointer& field, double factor) {
  json file = json::parse(text);
  const Rational value = *parse_hexfloat(file[field].get<std::string>());
  file[field] = hexfloat(Rational(to_double(value * Rational(factor))));
  return file.dump();
}

using Words = std::vector<std::string>;
const Words relu = {"relu", "--degrees", "7,7", "--range", "50"};
const Words sign = {"sign", "--gap", "2^-6", "--degrees", "7,15"};
const Words gelu = {"minimax", "--function", "gelu(x)", "--domain", "[-8,8]", "--degree", "16"};

}  // namespace

TEST_CASE("every kind of file is proved again") {
  const Words requests[] = {
      relu,
      sign,
      gelu,
      {"abs", "--degrees", "7,7"},
      {"step", "--degrees", "7", "--gap", "1/8"},
      {"sign", "--degrees", "7", "--gap", "0.3"},  // no end that is a double
      {"approximate", "--method", "share", "--tolerance", "0.01", "--function", "relu(x)",
       "--domain", "[-1,1]", "--degree", "6"},  // furthest off at its kink
      {"compare", "--degrees", "7,7", "--gap", "1/20", "--range", "3"},
      {"max", "--degrees", "3,7", "--range", "1/3"},
      {"min", "--degrees", "7"},
      {"mod1", "--range", "3", "--width", "2^-10", "--degree", "12"},
      {"minimax", "--function", "x^2/3", "--domain", "[-1,1]", "--degree", "4"},
      {"minimax", "--function", "x^2", "--domain", "[-1,1]", "--degree", "4"},
      {"minimax", "--function", "abs(x)", "--domain", "[-1,1]", "--degree", "9"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1/3]", "--degree", "7", "--relative"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "7", "--weight", "2+x"},
      {"minimax", "--function", "if(x < 0, x/10, x)", "--domain", "[-1,2]", "--degree", "8"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "9",
       "--coefficient-unit", "2^-20"},
      {"minimax", "--function", "1/3", "--domain", "[-1,1]", "--degree", "0"},
  };
  for (const Words& words : requests) {
    std::string line;
    for (const std::string& word : words) line += " " + word;
    CAPTURE(line);
    for (const char* file : {"f.json", "f.hpp"}) {
      const auto result = test::verified(test::made(words, file), file);
      CHECK_MESSAGE(result.status == 0, result.errors);
      CHECK(result.output.find("proved  ") != std::string::npos);
    }
  }
}

TEST_CASE("wide coefficients are proved too") {
  const Words words = {"minimax", "--function",         "exp(x)", "--domain", "[-1,1]", "--degree",
                       "40",      "--coefficient-bits", "260"};
  const std::string file = test::made(words, "f.json");
  const json error = json::parse(file)["error"];
  CHECK(error["log2_upper"].get<double>() < -204);
  CHECK(test::verified(file, "f.json").status == 0);
}

TEST_CASE("a table that a lattice found far from the best polynomial is good where its error is") {
  const std::string file = test::made({"minimax", "--function", "exp(x/2)", "--domain", "[-87,-24]",
                                       "--relative", "--degree", "23"},
                                      "f.json");
  const auto verified = test::verified(file, "f.json");
  CHECK_MESSAGE(verified.status == 0, verified.errors << verified.output);
}

TEST_CASE("a false number exits 4") {
  using Pointer = json::json_pointer;
  for (const Words& words : {relu, sign, gelu}) {
    CAPTURE(words[0]);
    const std::string file = test::made(words, "f.json");
    const auto refused = [&](const char* field, double factor, const char* word) {
      CAPTURE(field);
      test::check_refused(scaled(file, Pointer(field), factor), word);
    };
    // Both bounds are scaled, so that they stay in order.
    const std::string smaller = scaled(file, Pointer("/error/attained"), 0.998);
    test::check_refused(
        scaled(scaled(smaller, Pointer("/error/lower"), 0.998), Pointer("/error/upper"), 0.999),
        "above the claimed");
    // The upper bound of sign is that of its last stage, which the composition all but attains.
    if (words != sign) refused("/error/attained", 1.0006, "attains the claimed");
    refused("/error/upper", 0.5, "lower <= attained <= upper");
    refused("/stages/0/coefficients/1", 1.001, "x = ");
    refused("/stages/0/error/upper", 0.5, "lower <= attained <= upper");
    refused("/stages/0/domain/0/0", 1.01, "basis");
  }
  const std::string file = test::made(gelu, "f.json");
  test::check_refused(
      scaled(scaled(file, Pointer("/error/lower"), 1.00001), Pointer("/error/attained"), 1.00001),
      "attains");
  test::check_refused(scaled(file, Pointer("/stages/0/range/0/1"), 0.99), "range");
  test::check_refused(replaced(file, "gelu(x)", "silu(x)"), "above the claimed");
  test::check_refused(replaced(file, "gelu(x)", "1/x"), "pole");
  test::check_refused(replaced(file, "[-8,8]", "[-9,8]"), "asked for");
}

TEST_CASE("a header edited by hand exits 4: tables, scalars, costs") {
  const std::string header = test::made(relu, "f.hpp");
  CHECK(test::verified(header, "f.hpp").status == 0);
  const std::size_t table = header.find("coefficients_2");
  const std::size_t number = header.find("0x1.", table);
  std::string edited = header;
  edited[number + 6] = edited[number + 6] == '0' ? '1' : '0';
  test::check_refused(edited, "stage 2");
  // A scalar of the program, where the tables are still right.
  const std::size_t program = header.find("multiply_scalar(");
  const std::size_t scalar = header.find("0x1.", program);
  REQUIRE(scalar != std::string::npos);
  edited = header;
  edited[scalar + 4] = edited[scalar + 4] == '0' ? '1' : '0';
  test::check_refused(edited, "program");
  test::check_refused(replaced(header, "he.add(", "he.sub("), "program");
  test::check_refused(replaced(header, "int levels = 6", "int levels = 5"), "levels");
  test::check_refused(replaced(header, "\"kind\": \"relu\"", "\"kind\": \"sign\""),
                      "does not make");
}

// What the compiler reads and no table or operation says.
TEST_CASE("a header whose other code was edited exits 4 and shows the line") {
  const std::string header = test::made(relu, "f.hpp");
  const std::pair<std::string, std::string> edits[] = {
      {"return result;", "return s1_t1;"},
      {"double upper = 0x1", "double upper = 0x0"},
      {"double half_width = 0x1", "double half_width = 0x0"},
      {"int inputs = 1", "int inputs = 2"},
      {"evaluate<Plan>(he, x, output_scale)", "evaluate<Plan>(he, x, 0)"},
      {"static_assert(equiripple::is_ordered(claim));", ""},
  };
  for (const auto& [from, to] : edits) {
    CAPTURE(from);
    CHECK(test::verified(replaced(header, from, to), "f.hpp").status == 4);
  }
  // A header is one by its content, whatever its name.
  CHECK(test::verified(replaced(header, "return result;", "return s1_t1;"), "f.h").status == 4);
  CHECK(test::verified(test::made(relu, "f.json"), "g.hpp").status == 0);
  // Comments are read by people: they are compared as well, and white space with them.
  test::check_refused(replaced(header, "return result;", "return result;  // exact"),
                      "to the letter");
}

TEST_CASE("what cannot be read exits 2, what is not there too") {
  CHECK(test::verified("{}", "f.json").status == 2);
  CHECK(test::verified(test::made(gelu, "f.hpp").substr(0, 900), "f.hpp").status == 2);
  CHECK(test::equiripple({"verify", "no-such-file.json"}).status == 2);
}
