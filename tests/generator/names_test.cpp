// The named functions: values from elsewhere, laws, kinks, and best approximations that are known.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <string>

#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/polynomial_form.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/proof/certify.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;
using test::function;
using test::number;

namespace {

using Precise = Real<512>;

Rational at(const std::string& text, const std::string& x) {
  return to_rational(CompiledFunction<Precise>(function(text))(from_rational<Precise>(number(x))));
}

bool is_near(const Rational& a, const Rational& b, int digits) {
  Rational distance = abs(a - b);
  for (int i = 0; i < digits; ++i) distance *= 10;
  return distance <= 1;
}

double silu(double x) { return x / (1 + std::exp(-x)); }

ErrorEnclosure proved(const std::string& text, const std::string& domain, int degree) {
  const MinimaxRequest request = test::problem(text, domain, degree);
  const MinimaxResult result = minimax(request);
  CAPTURE(text);
  REQUIRE(result.status == MinimaxStatus::converged);
  const ChebyshevSeries stored = rounded(result.polynomial, 53);
  const Certificate proof = certify(request, stored, result);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  CHECK(proof.error.evidence == Evidence::proved);
  CHECK(to_double(proof.error.upper / proof.error.attained) < 1 + 0x1p-9);
  CHECK(proof.error.lower <= proof.error.attained);
  CHECK(to_double(proof.error.upper / proof.error.lower) < 1.01);
  return proof.error;
}

}  // namespace

TEST_CASE("each name is the function that the C library has, or PyTorch defines") {
  const std::pair<const char*, std::function<double(double)>> meanings[] = {
      {"round(x)", [](double x) { return std::round(x); }},
      {"ceil(x)", [](double x) { return std::ceil(x); }},
      {"ln(x)", [](double x) { return std::log(x); }},
      {"log2(x)", [](double x) { return std::log2(x); }},
      {"log10(x)", [](double x) { return std::log10(x); }},
      {"exp2(x)", [](double x) { return std::exp2(x); }},
      {"acos(x)", [](double x) { return std::acos(x); }},
      {"asin(x)", [](double x) { return std::asin(x); }},
      {"elu(x)", [](double x) { return x < 0 ? std::expm1(x) : x; }},
      {"elu(x, 1/4)", [](double x) { return x < 0 ? std::expm1(x) / 4 : x; }},
      {"leaky_relu(x)", [](double x) { return x < 0 ? x / 100 : x; }},
      {"leaky_relu(x, 0.2)", [](double x) { return x < 0 ? x / 5 : x; }},
      {"selu(x)",
       [](double x) {
         return 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * std::expm1(x) : x);
       }},
      {"mish(x)", [](double x) { return x * std::tanh(std::log1p(std::exp(x))); }},
      {"hardswish(x)", [](double x) { return x * std::fmin(std::fmax(x + 3, 0), 6) / 6; }},
      {"hardsigmoid(x)", [](double x) { return std::fmin(std::fmax(x + 3, 0), 6) / 6; }},
      {"relu6(x)", [](double x) { return std::fmin(std::fmax(x, 0), 6); }},
      {"clip(x, -1, 1)", [](double x) { return std::fmin(std::fmax(x, -1), 1); }},
      {"clip(x, -1/2, 5)", [](double x) { return std::fmin(std::fmax(x, -0.5), 5); }},
      {"heaviside(x)", [](double x) { return x < 0 ? 0.0 : 1.0; }},
      {"cbrt(x)", [](double x) { return std::cbrt(x); }},
      {"x**3", [](double x) { return x * x * x; }},
      {"gelu(x)", [](double x) { return x * std::erfc(-x / std::sqrt(2.0)) / 2; }},
      {"silu(x)", silu},
  };
  for (const auto& [text, meaning] : meanings) {
    CAPTURE(text);
    const CompiledFunction<double> f(function(text));
    int compared = 0;
    for (const double x : {-7.3, -2.5, -1.0, -0.5, -0.3, 0.0, 0.2, 0.5, 0.9, 1.0, 2.5, 3.7, 8.1}) {
      const double value = meaning(x);
      if (!std::isfinite(value)) continue;
      CAPTURE(x);
      ++compared;
      CHECK(std::abs(f(x) - value) <= 1e-14 * (1 + std::abs(value)));
    }
    CHECK(compared >= 5);
  }
}

TEST_CASE("high precision: laws, and digits from elsewhere") {
  // OEIS A069286.
  CHECK(is_near(at("erfinv(x)", "1/2"), number("0.47693627620446987338141835364313"), 32));
  for (const char* x : {"-9/10", "-1/3", "1/1000", "0.77"}) {
    CAPTURE(x);
    CHECK(is_near(at("erf(erfinv(x))", x), number(x), 150));
    CHECK(is_near(at("sin(asin(x))", x), number(x), 150));
    CHECK(is_near(at("cos(acos(x))", x), number(x), 150));
    CHECK(is_near(at("cbrt(x)**3", x), number(x), 150));
    CHECK(is_near(at("log2(exp2(x))", x), number(x), 150));
    CHECK(is_near(at("10^log10(x^2)", x), number(x) * number(x), 150));
  }
  CHECK(at("erfinv(x)", "0") == 0);
  CHECK(at("cbrt(x)", "0") == 0);
  // With t = exp(x), tanh(log(1 + t)) = (t^2 + 2 t) / (t^2 + 2 t + 2).
  CHECK(is_near(at("mish(x)", "-3/2"),
                at("x*(exp(2*x) + 2*exp(x))/(exp(2*x) + 2*exp(x) + 2)", "-3/2"), 150));
}

// [KUMH17]: with these the map of mean and variance has its fixed point at (0, 1).
TEST_CASE("the constants of selu are those of the closed form") {
  const std::string c = "erfc(1/sqrt(2))";
  const std::string d = "erfc(sqrt(2))";
  const Rational alpha = number("-sqrt(2/pi)/(" + c + "*exp(1/2) - 1)");
  const Rational lambda = number("(1 - " + c + "*sqrt(e))*sqrt(2*pi)/sqrt(2*" + d + "*e^2 + pi*" +
                                 c + "^2*e - 2*(2 + pi)*" + c + "*sqrt(e) + pi + 2)");
  CHECK(is_near(at("selu(x)", "1"), lambda, 30));
  CHECK(is_near(at("selu(x)", "-1"), lambda * alpha * number("exp(-1) - 1"), 30));
}

TEST_CASE("kinks are found exactly, and parity where there is one") {
  const std::tuple<const char*, const char*, std::vector<Rational>> cases[] = {
      {"relu6(x)", "[-2,8]", {0, 6}},
      {"clip(x, -1, 1)", "[-4,4]", {-1, 1}},
      {"clip(x, -1/3, 2)", "[-4,4]", {Rational(-1, 3), 2}},
      {"hardsigmoid(x)", "[-5,4]", {-3, 3}},
      {"hardswish(2*x)", "[-5,4]", {Rational(-3, 2), Rational(3, 2)}},
      {"leaky_relu(x - 1/7)", "[-1,1]", {Rational(1, 7)}},
      {"elu(x)", "[-3,1]", {0}},
      {"selu(x)", "[-3,1]", {0}},
      {"cbrt(x)", "[-1,1]", {0}},
      {"mish(x)", "[-8,8]", {}},
      {"erfinv(x)", "[-0.9,0.9]", {}},
      {"round(x)", "[-0.4,0.4] [0.6,1.4]", {}},
  };
  for (const auto& [text, domain, kinks] : cases) {
    CAPTURE(text);
    const auto report = check_smoothness(function(text), test::domain(domain));
    CHECK(report.defect == FunctionDefect::none);
    CHECK(report.kinks == kinks);
  }
  for (const char* odd : {"round(x)", "erfinv(x)", "asin(x)", "cbrt(x)", "clip(x, -2, 2)"}) {
    CAPTURE(odd);
    CHECK(parity_of(function(odd)) == Parity::odd);
  }
  CHECK(parity_of(function("clip(x, -1, 2)")) == Parity::none);
  CHECK(parity_of(function("hardswish(x) + hardswish(-x)")) != Parity::odd);
}

TEST_CASE("what a name is on a domain where it decides is a polynomial, exactly") {
  const std::tuple<const char*, const char*, std::vector<Rational>> cases[] = {
      {"clip(x, -1, 1)", "[-1,1]", {0, 1}},
      {"clip(x, -1, 1)", "[1,3]", {1}},
      {"relu6(x)", "[0,6]", {0, 1}},
      {"hardswish(x)", "[-3,3]", {0, Rational(1, 2), Rational(1, 6)}},
      {"round(x)", "[0.6,1.4]", {1}},
      {"ceil(x)", "[0.5,0.9]", {1}},
      {"leaky_relu(x, 1/8)", "[-3,0]", {0, Rational(1, 8)}},
  };
  for (const auto& [text, domain, powers] : cases) {
    CAPTURE(text);
    CHECK(polynomial_coefficients_on(function(text), test::domain(domain), 8) == powers);
  }
  CHECK(
      polynomial_coefficients_on(function("clip(x, -1, 1)"), test::domain("[-1,1.01]"), 8).empty());
}

// On [-1.4,-0.6] and [0.6,1.4] round is sign, and heaviside half of 1 + sign: the same best errors.
// Of elu(x, a) - a (exp(x) - 1) on x <= 0 nothing is left; a linear map changes no error.
TEST_CASE("best errors that are known from other functions") {
  const std::string pieces = "[-1.4,-0.6] [0.6,1.4]";
  const auto same = [](const ErrorEnclosure& a, const ErrorEnclosure& b, const Rational& factor) {
    return abs(a.upper / (b.upper * factor) - 1) < power_of_two(-30);
  };
  const auto sign = test::solve("sign(x)", pieces, 7).error;
  CHECK(same(test::solve("round(x)", pieces, 7).error, sign, 1));
  CHECK(same(test::solve("heaviside(x)", pieces, 7).error, sign, Rational(1, 2)));
  CHECK_FALSE(same(test::solve("heaviside(x)", pieces, 7).error, sign, 1));
  CHECK(same(test::solve("leaky_relu(x, 1/4)", "[-1,1]", 6).error,
             test::solve("abs(x)", "[-1,1]", 6).error, Rational(3, 8)));
  CHECK(same(test::solve("log2(x)", "[1,2]", 6).error, test::solve("log(x)", "[1,2]", 6).error,
             1 / number("log(2)")));
  CHECK(same(test::solve("acos(x)", "[-0.9,0.9]", 9).error,
             test::solve("asin(x)", "[-0.9,0.9]", 9).error, 1));
  CHECK(same(test::solve("elu(x, 3)", "[-4,-1]", 5).error,
             test::solve("exp(x)", "[-4,-1]", 5).error, 3));
}

// Of each name on random intervals: what is not smooth is refused, all else is proved.
TEST_CASE("random intervals") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  int proofs = 0;
  for (const std::string& name : function_names()) {
    if (name == "mod" || name == "pow" || name == "max" || name == "min") continue;
    for (int i = 0; i < 2 * test::effort(); ++i) {
      const int start = test::integer_between(random, -24, 20);
      const int width = test::integer_between(random, 1, 24);
      const std::string inside = name == "clip" ? "(x, -1, 3/2)" : "(x)";
      const std::string text = name + inside;
      const Domain domain = {{Rational(start, 8), Rational(start + width, 8)}};
      CAPTURE(text);
      CAPTURE(start);
      CAPTURE(width);
      const auto report = check_smoothness(function(text), domain);
      if (report.defect != FunctionDefect::none) continue;
      MinimaxRequest request{.target = function(text), .domain = domain, .degree = 9};
      request.kinks = report.kinks;
      const MinimaxResult result = minimax(request);
      REQUIRE_MESSAGE(result.usable(), result.detail);
      if (result.status == MinimaxStatus::exact) continue;
      const Certificate proof = certify(request, rounded(result.polynomial, 53), result);
      REQUIRE_MESSAGE(proof.holds, proof.detail);
      ++proofs;
    }
  }
  CHECK(proofs > 20);
}

TEST_CASE("the exchange converges and the error is proved on the domains that people ask for") {
  const std::tuple<const char*, const char*, int> cases[] = {
      {"mish(x)", "[-8,8]", 31},
      {"erfinv(x)", "[-0.9,0.9]", 31},
      {"erfinv(2*x - 1)", "[0.01,0.99]", 20},
      {"cbrt(x)", "[0.01,1]", 15},
      {"cbrt(x)", "[-1,1]", 15},
      {"round(x)", "[-1.4,-0.6] [-0.4,0.4] [0.6,1.4]", 23},
      {"round(x)", "[-0.4,0.4] [0.6,1.4]", 12},
      {"ceil(x)", "[-0.9,-0.1] [0.1,0.9]", 13},
      {"heaviside(x)", "[-1,-1/8] [1/8,1]", 15},
      {"clip(x, -1, 1)", "[-4,4]", 31},
      {"clip(x, -1, 2)", "[-4,4]", 24},
      {"relu6(x)", "[-8,8]", 20},
      {"hardswish(x)", "[-8,8]", 24},
      {"hardsigmoid(x)", "[-8,8]", 24},
      {"elu(x)", "[-8,8]", 20},
      {"elu(x, 1/2)", "[-8,8]", 20},
      {"selu(x)", "[-8,8]", 20},
      {"leaky_relu(x)", "[-8,8]", 20},
      {"asin(x)", "[-1,1]", 15},
      {"acos(x)", "[-1,1]", 15},
      {"asin(x)", "[-0.9,0.9]", 31},
      {"ln(x)", "[0.1,4]", 20},
      {"log2(x)", "[0.1,4]", 20},
      {"log10(x)", "[0.1,4]", 20},
      {"exp2(x)", "[-8,2]", 12},
  };
  for (const auto& [text, domain, degree] : cases) {
    CAPTURE(text);
    CAPTURE(domain);
    CHECK(proved(text, domain, degree).upper > 0);
  }
}
