#include "generator/function/parse.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "generator/function/evaluate.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;
using test::number;

namespace {

double at(const std::string& text, double x) {
  return CompiledFunction<double>(test::function(text))(x);
}

bool mentions(const std::string& message, const std::string& word) {
  return message.find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("numbers are exact") {
  CHECK(number("1/4") == Rational(1, 4));
  CHECK(number("2^-20") == power_of_two(-20));
  CHECK(number("0x1p-30") == power_of_two(-30));
  CHECK(number("0x1.8p+1") == 3);
  CHECK(number("0.1") == Rational(1, 10));
  CHECK(number(".5") == Rational(1, 2));
  CHECK(number("1e-3") == Rational(1, 1000));
  CHECK(number("1.5E2") == 150);
  CHECK(number("-2^2") == -4);
  CHECK(number("(-2)^2") == 4);
  CHECK(number("2^3^2") == 512);
  CHECK(number("2^-1^2") == Rational(1, 2));
  CHECK(number("1 - 2 - 3") == -4);
  CHECK(number("8/4/2") == 1);
  CHECK(number("floor(-7/2)") == -4);
  CHECK(number("mod(1/2, 1/3)") == Rational(1, 6));
  CHECK(number("mod(-1, 3)") == 2);
  CHECK(number("pow(2, -20)") == power_of_two(-20));
  CHECK(number("2**-20") == power_of_two(-20));
  CHECK(number("2**3 ** 2") == 512);
  CHECK(number("-2**2") == -4);
  CHECK(number("exp2(5)") == 32);
  CHECK(number("round(5/2)") == 3);
  CHECK(number("round(-5/2)") == -3);
  CHECK(number("round(-0.49)") == 0);
  CHECK(number("ceil(7/3)") == 3);
  CHECK(number("clip(5/2, -1, 1)") == 1);
}

TEST_CASE("irrational numbers are given to the highest rung") {
  const Rational pi = number("pi");
  CHECK(from_rational<Real<4096>>(pi) == real_pi<Real<4096>>());
  CHECK(abs(number("sqrt(2)") * number("sqrt(2)") - 2) < power_of_two(-4000));
  CHECK(abs(number("e") - number("exp(1)")) == 0);
}

TEST_CASE("precedence and names") {
  CHECK(at("-x^2", 3) == -9);
  CHECK(at("2*x + 1", 3) == 7);
  CHECK(at("x/2/2", 8) == 2);
  CHECK(at("--x", 3) == 3);
  CHECK(at("max(x, 1) - min(x, 1)", 3) == 2);
  CHECK(at("relu(x)", -3) == 0);
  CHECK(at("inverse(x)", 4) == 0.25);
  CHECK(at("rsqrt(x)", 4) == 0.5);
  CHECK(at("floor(x)", -1.5) == -2);
  CHECK(at("mod(x, 3)", 7) == 1);
  CHECK(at("mod(x, 3)", -1) == 2);
  CHECK(at("mod(x, -3)", 7) == -2);
  CHECK(at("mod(7, x)", 4) == 3);
  CHECK(at("pow(x, 2)", -3) == 9);
  CHECK(at("pow(2, x)", -1) == 0.5);
}

TEST_CASE("if takes the branch that its comparison selects, equality included") {
  struct Case {
    const char* comparison;
    double below, equal, above;
  };
  const Case cases[] = {{"<", 1, 2, 2}, {"<=", 1, 1, 2}, {">", 2, 2, 1}, {">=", 2, 1, 1}};
  for (const Case& one : cases) {
    CAPTURE(one.comparison);
    const std::string text = std::string("if(2*x ") + one.comparison + " x + 3, 1, 2)";
    CHECK(at(text, 2) == one.below);
    CHECK(at(text, 3) == one.equal);
    CHECK(at(text, 4) == one.above);
  }
  const char* clamp = "if(x < -1, -1, if(x > 1, 1, x))";
  CHECK(at(clamp, -3) == -1);
  CHECK(at(clamp, 0.25) == 0.25);
  CHECK(at(clamp, 3) == 1);
  CHECK(at("1 + 2*if(x<0,x/10,x)^2", 3) == 19);
  CHECK(at("if(x < 0, log(x), sqrt(x))", 4) == 2);
  CHECK(std::isnan(at("if(log(x) < 0, 1, 2)", -1)));
  CHECK(number("if(1/3 < 1/2, 7, 8)") == 7);
  CHECK(number("if(3 <= pi, 7, 8)") == 7);
  CHECK(at(" sign ( x ) ", -2) == -1);
  CHECK(test::function("x  +\n 1 ").text() == "x + 1");
}

TEST_CASE("a text that breaks the grammar names the token and what would be right") {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "empty"},
      {"   ", "empty"},
      {"foo(x)", "'foo'"},
      {"sin x", "'sin'"},
      {"(x", "')'"},
      {"x)", "')'"},
      {"x +", "end"},
      {"x y", "'y'"},
      {"1..2", "'1..2'"},
      {"2x", "'2x'"},
      {"0x", "'0x'"},
      {"1e99999", "exponent"},
      {"max(x)", "2 argument"},
      {"sin(x, x)", "1 argument"},
      {"x $ 2", "'$'"},
      {"1/0", "zero"},
      {"0^-1", "zero"},
      {"2^(2^40)", "exponent"},
      {"9^9^9^9", "exponent"},
      {"x^", "end"},
      {"*x", "'*'"},
      {"x*/2", "'/'"},
      {"x* *2", "'*'"},
      {"x***2", "'*'"},
      {"x**", "end"},
      {"clip(x, 1, -1)", "lower end before its upper"},
      {"clip(x, 1)", "'clip' takes 3 arguments, not 2"},
      {"elu(x, 1, 2)", "'elu' takes 1 or 2 arguments, not 3"},
      {"elu()", "')'"},
      {"exp2(2^40)", "too large"},
      {"a + x", "'a'"},
      {"\x01", "'?'"},
      {"sin()", "')'"},
      {"mod(x)", "'mod' takes 2 arguments"},
      {"pow(x, 1, 2)", "'pow' takes 2 arguments"},
      {"floor(x, 1)", "'floor' takes 1 argument"},
      {"mod(x, 0)", "zero"},
      {"if(x, 1, 2)", "'<', '<=', '>' or '>='"},
      {"if(x == 0, 1, 2)", "'=' at position 6"},
      {"if(x", "end of expression"},
      {"if(x < 0", "')'"},
      {"if(x < 0)", "'if' takes 3 arguments, not 1"},
      {"if(x < 0, 1)", "'if' takes 3 arguments, not 2"},
      {"if(x < 0, 1, 2, 3)", "'if' takes 3 arguments, not 4"},
      {"if(0 < x < 1, 1, 2)", "'<' at position 10"},
      {"if(x < , 1, 2)", "','"},
      {"if(< 0, 1, 2)", "'<'"},
      {"if(x < 0, 1, x < 1)", "'<' at position 16"},
      {"if x < 0", "'(' after 'if'"},
      {"if", "'(' after 'if'"},
      {"x < 0", "only the first argument of 'if' compares"},
      {"sin(x < 0)", "only the first argument of 'if' compares"},
      {"if(x < 0, 1/0, 1)", "zero"},
      {"mod(x, 1 - 1)", "zero"},
      {"mod(2^-32000 * x, 2^-32000 * 3^500)", "too large"},
      {"pow(9, pow(9, 9))", "too large"},
  };
  for (const auto& [text, token] : wrong) {
    CAPTURE(text);
    const auto parsed = parse_function(text);
    CHECK_FALSE(parsed.has_value());
    CHECK_MESSAGE(mentions(parsed.error().why, token), parsed.error().why);
  }
  CHECK_FALSE(parse_number("x").has_value());
  CHECK_FALSE(parse_number("sqrt(-1)").has_value());
  CHECK_FALSE(parse_number("log(0)").has_value());
}

TEST_CASE("deep and long texts are refused, not crashed on") {
  for (const char* unit : {"(", "-", "sin(", "x^", "1/(", "if(x < 0, 1, ", "if("}) {
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += unit;
    CAPTURE(unit);
    CHECK_FALSE(parse_function(deep + "x").has_value());
  }
  CHECK(mentions(
      parse_function(std::string(10'000, '(') + "x" + std::string(10'000, ')')).error().why,
      "nested deeper"));
  CHECK(mentions(parse_function(std::string(5'000'000, '1')).error().why, "longer"));
  std::string wide = "x";
  for (int i = 0; i < 10'000; ++i) wide += "+x";
  CHECK(parse_function(wide).has_value());  // long is fine while it is not deep
}

// Reducing the argument needs as many bits of pi as the argument's exponent says.
TEST_CASE("the sine of a number beyond measure is refused, not computed for minutes") {
  for (const char* text : {"sin(exp(exp(20)))", "cos(exp(exp(20)))", "tan(-exp(exp(20)))"}) {
    CAPTURE(text);
    CHECK(mentions(parse_number(text).error().why, "within reach"));
  }
  CHECK(parse_number("sin(1e9000)").has_value());
}

TEST_CASE("numbers that memory could not hold are refused") {
  for (const char* text : {"exp(327e11/3)", "exp(-327e11)", "exp(1e5)", "sinh(1e9)"}) {
    CAPTURE(text);
    const auto number = parse_number(text);
    CHECK_FALSE(number.has_value());
    CHECK(mentions(number.error().why, "within reach"));
  }
  CHECK(parse_number("exp(20000)").has_value());
  CHECK(parse_number("exp(-20000)").has_value());
  CHECK(*parse_number("log(1)") == Rational(0));
}

// Whatever comes in, out comes an expression or a message, never both and never neither.
TEST_CASE("random texts") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::string alphabet = "x12.e0xp+-*/^(),sincoabglu<>=f \t\"\\\n;";
  for (int i = 0; i < 20'000 * test::effort(); ++i) {
    std::string text;
    const int length = test::integer_between(random, 0, 24);
    for (int k = 0; k < length; ++k) {
      text += alphabet[static_cast<std::size_t>(
          test::integer_between(random, 0, static_cast<int>(alphabet.size()) - 1))];
    }
    const auto parsed = parse_function(text);
    CAPTURE(text);
    if (!parsed) REQUIRE_FALSE(parsed.error().why.empty());
    if (parsed) {  // its own spelling means the same
      const auto again = parse_function(parsed->text());
      REQUIRE(again.has_value());
      REQUIRE(again->nodes().size() == parsed->nodes().size());
    }
  }
}
