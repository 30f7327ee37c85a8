// Wrong requests: exit status 2, a message that names the token, no file.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/command.hpp"

using namespace equiripple;
using Words = std::vector<std::string>;

namespace {

struct Wrong {
  Words words;
  const char* token;  // in the message
};

Words minimax_words(const std::string& function, const std::string& domain,
                    const std::string& degree) {
  return {"minimax", "--function", function, "--domain", domain, "--degree", degree};
}

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

const std::vector<Wrong>& wrong_requests() {
  static const std::vector<Wrong> all = {
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--beyond", "1"}), "must be above 1"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--beyond", "2000"}), "at most 1024"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--beyond", "far"}), "'far'"},
      {with(minimax_words("log(x)", "[1/2,1]", "3"), {"--beyond", "4"}), "logarithm"},
      {{"step", "--threshold", "0.3", "--gap", "0.1", "--error", "0.1", "--beyond", "2"},
       "--beyond: not with --threshold"},
      {minimax_words("foo(x)", "[-1,1]", "3"), "'foo'"},
      {minimax_words("(x", "[-1,1]", "3"), "')'"},
      {minimax_words("x))", "[-1,1]", "3"), "')'"},
      {minimax_words("", "[-1,1]", "3"), "empty"},
      {minimax_words("sin(x", "[-1,1]", "3"), "')'"},
      {minimax_words("x+y", "[-1,1]", "3"), "'y'"},
      {minimax_words("exp(x)", "[1,1]", "3"), "empty"},
      {minimax_words("exp(x)", "[1,-1]", "3"), "reversed"},
      {minimax_words("exp(x)", "[nan,1]", "3"), "'nan'"},
      {minimax_words("exp(x)", "[-inf,1]", "3"), "'inf'"},
      {minimax_words("exp(x)", "[]", "3"), "'[]'"},
      {minimax_words("exp(x)", "-1,1", "3"), "'-1,1'"},
      {minimax_words("exp(x)", "[-1]", "3"), "two ends"},
      {minimax_words("exp(x)", "[-1,0,1]", "3"), "two ends"},
      {minimax_words("exp(x)", "[0/0,1]", "3"), "zero"},
      {minimax_words("exp(x)", "[-1,1e400]", "3"), "1e400"},
      {minimax_words("exp(x)", "[x,1]", "3"), "'x'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--domain", "[0,2]"}), "overlap"},
      {with(minimax_words("exp(x)", "[2,3]", "3"), {"--domain", "[0,1]"}), "ascending"},
      {minimax_words("log(x)", "[-1,1]", "3"), "logarithm"},
      {minimax_words("log(x)", "[0,1]", "3"), "x = 0"},
      {minimax_words("1/x", "[-1,1]", "3"), "pole"},
      {minimax_words("sign(x)", "[-1,1]", "3"), "jumps"},
      {minimax_words("mod(x, 1)", "[1/2,3/2]", "3"), "x = 1,"},
      {minimax_words("floor(x)", "[1/2,3/2]", "3"), "jumps"},
      {minimax_words("if(x, 1, 2)", "[-1,1]", "3"), "'<', '<=', '>' or '>='"},
      {minimax_words("if(x < 0, 1)", "[-1,1]", "3"), "'if' takes 3 arguments"},
      {minimax_words("if(0 < x < 1, 1, 2)", "[-1,1]", "3"), "'<' at position 10"},
      {minimax_words("x < 0", "[-1,1]", "3"), "'<' at position 3"},
      {minimax_words("if(x < 1/3, 1, 2)", "[-1,1]", "3"), "x = 0.333333,"},
      {minimax_words("if(x < 1/2, 1, log(x))", "[-1,1]", "3"), "x = 0.5,"},
      {minimax_words("if(x < 0, 1/(x + 1/2), 2)", "[-1,1]", "3"), "pole"},
      {minimax_words("mod(x)", "[-1,1]", "3"), "'mod' takes 2 arguments"},
      {minimax_words("mod(x, 0)", "[-1,1]", "3"), "zero"},
      {minimax_words("sqrt(x)", "[-1,1]", "3"), "square root"},
      {minimax_words("tan(x)", "[0,2]", "3"), "1.570"},
      {minimax_words("exp(x)", "[-1,1]", "-1"), "'-1'"},
      {minimax_words("exp(x)", "[-1,1]", "4096"), "4095"},
      {minimax_words("exp(x)", "[-1,1]", "3.5"), "'3.5'"},
      {minimax_words("exp(x)", "[-1,1]", "three"), "'three'"},
      {with(minimax_words("sin(x)", "[0,1]", "3"), {"--parity", "odd"}), "symmetric"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--parity", "odd"}), "odd"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--parity", "strange"}), "'strange'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--frobnicate"}), "--frobnicate"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--name", "my name"}), "'my name'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--name", "class"}), "'class'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"-o", "my-file.hpp"}), "'my-file'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"-o", "file.txt"}), "file.txt"},
      {{"minimax", "--function", "x", "--degree", "3"}, "--domain"},
      {{"minimax", "--function", "x", "--domain", "[0,1]"}, "--degree or --error"},
      {{"minimax", "--function", "x", "--domain", "[0,1]", "--error", "-1"}, "--error '-1'"},
      {{"sign", "--gap", "1/4", "--degrees", "4"}, "even"},
      {{"sign", "--gap", "1/4", "--degrees", "3,6,5"}, "degree 6"},
      {{"sign", "--gap", "1/4", "--degrees", ""}, "--degrees"},
      {{"sign", "--gap", "1/4", "--degrees", "3,,5"}, "--degrees"},
      {{"sign", "--gap", "1/4", "--degrees", "-3"}, "'-3'"},
      {{"sign", "--gap", "1/4", "--degrees", "4097"}, "4095"},
      {{"sign", "--gap", "0", "--degrees", "3"}, "--gap '0'"},
      {{"sign", "--gap", "1", "--degrees", "3"}, "--gap '1'"},
      {{"sign", "--gap", "2", "--degrees", "3"}, "--gap '2'"},
      {{"sign", "--gap", "-1/4", "--degrees", "3"}, "--gap '-1/4'"},
      {{"sign", "--gap", "wide", "--degrees", "3"}, "'wide'"},
      {{"sign", "--degrees", "3"}, "--gap"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--weight", "x"}), "x = -1"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--weight", "x^2"}), "--weight 'x^2'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--weight", "1/x"}), "pole"},
      {with(minimax_words("sin(x)", "[-1,2]", "3"), {"--relative"}), "vanishes at x ="},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--relative", "--weight", "2"}), "--weight"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--coefficient-bits", "0"}), "'0'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--coefficient-bits", "54", "-o", "f.hpp"}),
       "--coefficient-bits '54'"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--coefficient-unit", "3"}), "power of 2"},
      {with(minimax_words("exp(x)", "[-1,1]", "3"), {"--tightness", "2^-60"}), "--tightness"},
      {{"sign", "--gap", "1/4"}, "--degrees"},
      {{"sign", "--gap", "1/4", "--degrees", "3", "--range", "0"}, "--range '0'"},
      {{"sign", "--gap", "1/4", "--degrees", "3", "--margin", "-1"}, "--margin '-1'"},
      {{"sign", "--gap", "1/4", "--degrees", "3", "--margin", "1/2"}, "--margin '1/2'"},
      {{"sign", "--gap", "1/4", "--degrees", "3", "--error", "0"}, "--error '0'"},
      {{"relu", "--degrees", "7,8"}, "even"},
      {{"relu", "--degrees", "7", "--range", "-5"}, "--range '-5'"},
      {{"relu", "--degrees", "7", "--bits", "-5"}, "--bits '-5'"},
      {{"relu", "--degrees", "7", "-o", "abs.hpp"}, "'abs'"},
      {{"rectify"}, "rectify"},
      {{"inspect", "no_such_file.json"}, "no_such_file.json"},
      {{"inspect"}, "FILE"},
      {{"inspect", "any.json", "--json", "--plan"}, "--json and --plan"},
      {{"inspect", "any.json", "--json", "--compare"}, "--json and --compare"},
      {{}, "minimax, approximate"},
      {{"relu", "--degree", "7"}, "'--degree'"},
      {minimax_words("exp(x)", "[1 2,30]", "3"), "'2'"},
      {{"sign", "--gap", "1/4", "--degrees", "3", "-o", ""}, "-o ''"},
      {{"sign", "--gap=", "--degrees", "3"}, "--gap="},
      {{"relu", "--degrees", "7,7", "--range", "1e200"}, "--range '1e200'"},
      {minimax_words("tanh(x)", "[-1e155,1e155]", "5"), "1e155"},
  };
  return all;
}

}  // namespace

TEST_CASE("wrong requests exit 2, name the token, and leave no file") {
  for (const Wrong& wrong : wrong_requests()) {
    const test::TemporaryFolder folder;
    std::string line;
    for (const std::string& word : wrong.words) line += " " + word;
    CAPTURE(line);
    const auto result = test::equiripple(wrong.words, folder.path());
    CHECK(result.status == 2);
    CHECK(result.output.empty());
    CHECK_MESSAGE(result.errors.find(wrong.token) != std::string::npos, result.errors);
    CHECK(result.errors.find("equiripple: ") == 0);
    CHECK(folder.files() == 0);
  }
}

TEST_CASE("deep, long and hostile expressions") {
  const std::string deep = std::string(10'000, '(') + "x" + std::string(10'000, ')');
  CHECK(test::equiripple(minimax_words(deep, "[-1,1]", "3")).status == 2);
  CHECK(test::equiripple(minimax_words(std::string(120'000, '1'), "[-1,1]", "3")).status == 2);
  CHECK(test::equiripple(minimax_words("2^2^2^2^2^2", "[-1,1]", "3")).status == 2);
  for (const std::string& text :
       {std::string("x */ int y;"), std::string("x\\"), std::string("x\""), std::string("x // y"),
        std::string("x'"), std::string("x;y")}) {
    CAPTURE(text);
    CHECK(test::equiripple(minimax_words(text, "[-1,1]", "3")).status == 2);
  }
}

TEST_CASE("an unknown target, and files that are no artifacts") {
  const test::TemporaryFolder folder;
  REQUIRE(
      test::equiripple({"sign", "--gap", "1/4", "--degrees", "3", "-o", "s.json"}, folder.path())
          .status == 0);
  const auto unknown = test::equiripple({"emit", "s.json", "--target", "fortran"}, folder.path());
  CHECK(unknown.status == 2);
  CHECK(unknown.errors.find("'fortran'") != std::string::npos);
  const auto mismatched =
      test::equiripple({"emit", "s.json", "--target", "cpp", "-o", "t.json"}, folder.path());
  CHECK(mismatched.status == 2);
  test::write_text(folder / "empty.json", "");
  test::write_text(folder / "list.json", "[1,2]");
  test::write_text(folder / "brace.json", "{");
  test::write_text(folder / "text.hpp", "int x;\n");
  test::write_text(folder / "binary.hpp", std::string(1000, '\0'));
  for (const char* file : {"empty.json", "list.json", "brace.json", "text.hpp", "binary.hpp"}) {
    CAPTURE(file);
    const auto result = test::equiripple({"inspect", file}, folder.path());
    CHECK(result.status == 2);
    CHECK(result.errors.find(file) != std::string::npos);
  }
  CHECK(test::equiripple({"inspect", folder.path()}).status == 2);
}
