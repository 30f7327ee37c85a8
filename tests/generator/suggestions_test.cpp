// What the parser says of names and signs from elsewhere: it is right, and it works.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "generator/function/aliases.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/suggestion.hpp"

using namespace equiripple;

namespace {

using Function = std::function<double(double)>;

double silu(double x) { return x / (1 + std::exp(-x)); }

// y where the normal distribution up to y is p: bisection.
double quantile(double p) {
  if (!(p > 0 && p < 1)) return std::nan("");
  double lower = -10;
  double upper = 10;
  for (int i = 0; i < 100; ++i) {
    const double y = (lower + upper) / 2;
    (std::erfc(-y / std::sqrt(2.0)) / 2 < p ? lower : upper) = y;
  }
  return lower;
}

// What each name means to those who use it.
const std::map<std::string, Function>& meanings() {
  static const std::map<std::string, Function> all = [] {
    std::map<std::string, Function> m;
    const auto add = [&](std::initializer_list<const char*> names, const Function& f) {
      for (const char* name : names) m[name] = f;
    };
    add({"ld", "lb"}, [](double x) { return std::log2(x); });
    add({"lg"}, [](double x) { return std::log10(x); });
    add({"log1p"}, [](double x) { return std::log1p(x); });
    add({"logsigmoid", "log_sigmoid"}, [](double x) { return -std::log1p(std::exp(-x)); });
    add({"exp10"}, [](double x) { return std::pow(10.0, x); });
    add({"expm1"}, [](double x) { return std::expm1(x); });
    add({"arctan", "arctg"}, [](double x) { return std::atan(x); });
    add({"tg"}, [](double x) { return std::tan(x); });
    add({"cot", "ctg"}, [](double x) { return 1 / std::tan(x); });
    add({"sec"}, [](double x) { return 1 / std::cos(x); });
    add({"csc"}, [](double x) { return 1 / std::sin(x); });
    add({"arcsin"}, [](double x) { return std::asin(x); });
    add({"arccos"}, [](double x) { return std::acos(x); });
    add({"sh"}, [](double x) { return std::sinh(x); });
    add({"ch"}, [](double x) { return std::cosh(x); });
    add({"th"}, [](double x) { return std::tanh(x); });
    add({"coth"}, [](double x) { return 1 / std::tanh(x); });
    add({"sech"}, [](double x) { return 1 / std::cosh(x); });
    add({"csch"}, [](double x) { return 1 / std::sinh(x); });
    add({"asinh", "arcsinh", "arsinh"}, [](double x) { return std::asinh(x); });
    add({"acosh", "arccosh", "arcosh"}, [](double x) { return std::acosh(x); });
    add({"atanh", "arctanh", "artanh"}, [](double x) { return std::atanh(x); });
    add({"sgn", "signum"}, [](double x) { return x < 0 ? -1.0 : 1.0; });
    add({"fabs", "absolute"}, [](double x) { return std::abs(x); });
    add({"root"}, [](double x) { return std::sqrt(x); });
    add({"square", "sqr"}, [](double x) { return x * x; });
    add({"reciprocal"}, [](double x) { return 1 / x; });
    add({"invsqrt", "inv_sqrt", "inversesqrt"}, [](double x) { return 1 / std::sqrt(x); });
    add({"ceiling"}, [](double x) { return std::ceil(x); });
    add({"rint", "nearbyint"}, [](double x) { return std::round(x); });
    add({"frac"}, [](double x) { return x - std::floor(x); });
    add({"logistic", "expit"}, [](double x) { return 1 / (1 + std::exp(-x)); });
    add({"logit"}, [](double x) { return std::log(x) - std::log1p(-x); });
    add({"swish"}, silu);
    add({"celu"}, [](double x) { return x < 0 ? std::expm1(x) : x; });
    add({"hardtanh", "hard_tanh", "clamp"},
        [](double x) { return std::fmin(std::fmax(x, -1), 1); });
    add({"softsign"}, [](double x) { return x / (1 + std::abs(x)); });
    add({"tanhshrink"}, [](double x) { return x - std::tanh(x); });
    add({"step"}, [](double x) { return x < 0 ? 0.0 : 1.0; });
    add({"trunc"}, [](double x) { return std::trunc(x); });
    add({"leakyrelu"}, [](double x) { return x < 0 ? x / 100 : x; });
    add({"hard_sigmoid"}, [](double x) { return std::fmin(std::fmax(x + 3, 0), 6) / 6; });
    add({"hard_swish"}, [](double x) { return x * std::fmin(std::fmax(x + 3, 0), 6) / 6; });
    add({"quick_gelu"}, [](double x) { return silu(1.702 * x) / 1.702; });
    add({"probit", "norminv", "ndtri"}, quantile);
    add({"erfcinv"}, [](double x) { return -quantile(x / 2) / std::sqrt(2.0); });
    add({"normcdf"}, [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; });
    add({"gaussian"}, [](double x) { return std::exp(-x * x); });
    return m;
  }();
  return all;
}

// Wherever the name has a value (a cube root of what is negative is refused, not wrong).
bool means(const std::string& expression, const Function& meaning) {
  const auto parsed = parse_function(expression);
  if (!parsed.has_value()) return false;
  const CompiledFunction<double> f(*parsed);
  int compared = 0;
  for (const double x : {-7.3, -1.6, -0.7, -0.3, 0.2, 0.6, 0.9, 1.4, 3.7, 8.1}) {
    const double theirs = meaning(x);
    const double ours = f(x);
    if (!std::isfinite(theirs) || !std::isfinite(ours)) continue;
    ++compared;
    if (std::abs(theirs - ours) > 1e-12 * (1 + std::abs(theirs))) return false;
  }
  return compared >= 3;
}

std::string said_of(const std::string& text) {
  const auto parsed = parse_function(text);
  return parsed ? std::string() : parsed.error().why;
}

bool says(const std::string& text, const std::string& part) {
  const std::string said = said_of(text);
  const bool found = said.find(part) != std::string::npos;
  if (!found) MESSAGE(said);
  return found;
}

}  // namespace

TEST_CASE("what a name from elsewhere is written as is that function") {
  for (const Alias& alias : aliases()) {
    CAPTURE(alias.name);
    REQUIRE(meanings().count(alias.name) == 1);
    CHECK(means(alias.expression, meanings().at(alias.name)));
    CHECK(says(std::string(alias.name) + "(x)",
               std::string(alias.name) + "(x) is written " + alias.expression + ";"));
    CHECK(std::ranges::find(function_names(), alias.name) == function_names().end());
  }
  CHECK(meanings().size() == aliases().size());
}

TEST_CASE("a wrong expression for a name is rejected") {
  CHECK_FALSE(means("log(x)", meanings().at("lb")));
  CHECK_FALSE(means("tan(x)", meanings().at("arctan")));
  CHECK_FALSE(means("lg(x)", meanings().at("lg")));
  CHECK_FALSE(means("exp(x)", meanings().at("expm1")));
}

TEST_CASE("misspelt and unknown names") {
  CHECK(says("sigmiod(x)", "unknown function 'sigmiod' at position 1; did you mean 'sigmoid'?"));
  CHECK(says("ReLU(x)", "; did you mean 'relu'?"));
  CHECK(says("LN(x)", "; did you mean 'ln'?"));
  CHECK(says("ArcTan(x)", "; arctan(x) is written atan(x);"));
  CHECK(says("x + Pi", "unknown name 'Pi' at position 5; did you mean 'pi'?"));
  CHECK(says("exp(y)", "unknown name 'y' at position 5; the variable is x;"));
  CHECK(says("X^2", "the variable is x"));
  CHECK(says("wombat(x)", "unknown function 'wombat' at position 1; known: x, pi, e, if, exp"));
}

TEST_CASE("signs from elsewhere") {
  CHECK(said_of("x * *x").find("power") == std::string::npos);
  CHECK(says("2x", "'2x' at position 1 is no number; a product is written with '*', as 2*x"));
  CHECK(says("2 x", "unexpected 'x' at position 3; a product is written with '*', as 2*x"));
  CHECK(says("(x)(x)", "unexpected '(' at position 4; a product is written with '*'"));
  CHECK(says("|x|", "'|' at position 1; |x| is written abs(x)"));
  CHECK(says("x % 2", "the remainder is mod(a, b)"));
  CHECK(says("[x]", "only ( and ) are parentheses here"));
  CHECK(says("0,5*x", "a decimal point is '.'"));
  CHECK(says("x\xc2\xb2", "in ASCII: pi, sqrt(x), x^2"));
  CHECK(says("2*\xcf\x80", "in ASCII: pi"));
  CHECK(said_of("1.2.3").find("product") == std::string::npos);
  CHECK(said_of("0x1g").find("product") == std::string::npos);
}

TEST_CASE("suggestions are few edits away") {
  CHECK(suggestion("sgin", {"sign", "sin"}) == "; did you mean 'sign'?");
  CHECK(suggestion("wombat", {"sign", "sin"}).empty());
}
