// Minimal errors that are known in closed form.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/alternation.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::number;

namespace {

// The enclosure holds `value`, and the error alternates as Chebyshev's theorem demands.
void check(const std::string& function, const std::string& domain, int degree,
           const Rational& value, int digits = 60) {
  CAPTURE(function);
  CAPTURE(domain);
  CAPTURE(degree);
  const MinimaxRequest request = test::problem(function, domain, degree);
  const MinimaxResult result = minimax(request);
  REQUIRE(result.status == MinimaxStatus::converged);
  CHECK(test::encloses(result.error, value, digits));
  const auto alternation = test::check_alternation(request, result);
  CHECK_MESSAGE(alternation.ok, alternation.why);
}

}  // namespace

// E_n(x^{n+1}, [a, b]) = 2 ((b - a) / 4)^{n+1}  (Chebyshev).
TEST_CASE("monomials") {
  check("x^4", "[-1,1]", 3, Rational(1, 8));
  check("x^7", "[-1,1]", 6, Rational(1, 64));
  check("x^5", "[0,3]", 4, 2 * number("(3/4)^5"));
  check("x^40", "[-1,1]", 39, power_of_two(-39));
  check("x^12", "[2,3]", 11, 2 * number("(1/4)^12"));
}

// E_n(1 / (x - c), [-1, 1]) = (|c| - sqrt(c^2 - 1))^n / (c^2 - 1), |c| > 1  (Chebyshev, Achieser).
TEST_CASE("a simple pole outside the interval") {
  for (const std::string c : {"1.0009765625", "1.25", "2", "-3"}) {
    for (const int degree : {0, 1, 3, 4, 7, 32}) {
      const std::string power = std::to_string(degree);
      check(
          "1/(x - (" + c + "))", "[-1,1]", degree,
          number("(abs(" + c + ") - sqrt((" + c + ")^2 - 1))^" + power + " / ((" + c + ")^2 - 1)"));
    }
  }
}

// E_n(1/(x^2 - c)) on [-1,-a] u [a,1], c > 1: one interval in x^2.
TEST_CASE("an even pole on two intervals") {
  const std::string big = "((2*1.5 - 1 - 1/16) / (1 - 1/16))";
  for (const int degree : {4, 5, 8, 9}) {
    check("1/(x^2 - 1.5)", "[-1,-1/4] [1/4,1]", degree,
          number("(" + big + " - sqrt(" + big + "^2 - 1))^" + std::to_string(degree / 2) + " / (" +
                 big + "^2 - 1) * 2 / (1 - 1/16)"));
  }
}

TEST_CASE("|x| of degree 2 to 72, through x^2 and directly") {
  const auto table = test::data("abs_errors.json")["errors"];
  for (const auto& [degree, error] : table.items()) {
    check("abs(x)", "[-1,1]", std::stoi(degree), number(error.get<std::string>()), 38);
  }
  for (const int degree : {4, 10}) {
    const auto request = test::problem("abs(x)", "[-1,1]", degree, Parity::none);
    const Rational error = number(table[std::to_string(degree)].get<std::string>());
    CHECK(test::encloses(minimax(request).error, error, 38));
  }
}

// E_n(ReLU, [-B, B]) = (B / 2) E_n(|x|, [-1, 1]) for n >= 1.
TEST_CASE("ReLU with its kink inside the interval") {
  check("relu(x)", "[-1,1]", 1, Rational(1, 4));
  check("relu(x)", "[-1,1]", 2, Rational(1, 16));
  check("relu(x)", "[-1,1]", 4, number("0.0338104496388921376346508440876"), 30);
  check("max(x, 0)", "[-6,6]", 4, 6 * number("0.0338104496388921376346508440876"), 30);
}

// E_{n-2}(x^n - n s x^{n-1}, [-1, 1]) = 2^{1-n} (1 + s)^n for 0 <= s <= tan^2(pi / 2n) (Zolotarev).
TEST_CASE("Zolotarev's polynomials in the elementary range") {
  check("x^4 - 4*0.1*x^3", "[-1,1]", 2, number("2^-3 * 1.1^4"));
  check("x^5 - 5*0.05*x^4", "[-1,1]", 3, number("2^-4 * 1.05^5"));
  check("x^6 - 6*0.05*x^5", "[-1,1]", 4, number("2^-5 * 1.05^6"));
}

// Degrees 2 to 4: an exchange by linear solves in mpmath, 60 digits.
TEST_CASE("exp") {
  const char* errors[] = {"1.1752011936438014568823818506", "0.27880158579550234041411236555",
                          "0.045017388402819014395792734569996149889922083387585",
                          "0.00552837010868758853336985480934426370812151493",
                          "0.00054666760051379794745246665489471559922033577695694"};
  for (int degree = 0; degree < 5; ++degree) {
    check("exp(x)", "[-1,1]", degree, number(errors[degree]), 28);
  }
  check("exp(x)", "[0,1]", 1, number("(1 + (e-1)*log(e-1) - (e-1)) / 2"));
}

// f convex on [a, b]: with s the slope of the chord and f'(c) = s, E_1 = (f(a) + s (c - a) - f(c))
// / 2.
TEST_CASE("degree 1 for convex functions") {
  check("-sqrt(x)", "[0,1]", 1, Rational(1, 8));  // s = -1, c = 1/4
  check("x^2", "[0,1]", 1, Rational(1, 8));
  check("1/x", "[1,4]", 1, Rational(1, 8));  // s = -1/4, c = 2
  check("-log(x)", "[1,e]", 1, number("(log(e-1) - (e-1-1)/(e-1)) / 2"));
}

// E_1(sign) = (b - a) / (b + a); E_3 with m = sqrt((a^2 + ab + b^2) / 3):
// (2m^3 - ab(a+b)) / (2m^3 + ab(a+b)).
TEST_CASE("sign of degree 1 and 3") {
  const std::pair<const char*, const char*> ends[] = {
      {"0.25", "1"}, {"0.5", "3"}, {"0.01", "1"}, {"0.9", "1.1"}};
  for (const auto& [a, b] : ends) {
    const std::string domain = std::string("[-") + b + ",-" + a + "] [" + a + "," + b + "]";
    const std::string m = std::string("sqrt((") + a + "^2 + " + a + "*" + b + " + " + b + "^2)/3)";
    const std::string cube = "2*" + m + "^3";
    const std::string rest = std::string(a) + "*" + b + "*(" + a + "+" + b + ")";
    check("sign(x)", domain, 1, number(std::string("(") + b + "-" + a + ")/(" + b + "+" + a + ")"));
    check("sign(x)", domain, 3, number("(" + cube + "-" + rest + ")/(" + cube + "+" + rest + ")"));
  }
}

// mod(x, m) / m and floor(x / m) around a jump are x / m + 1/2 -+ sign / 2 and (sign - 1) / 2.
TEST_CASE("mod and floor around one jump") {
  const Rational first = number("0.3/0.7/2");  // E_1(sign) / 2 for a = 0.2, b = 0.5
  check("mod(x, 1)", "[0.5,0.8] [1.2,1.5]", 1, first);
  check("mod(x, 1)", "[0.5,0.8] [1.2,1.5]", 2, first);
  check("mod(x, 1/4)", "[0.5/4,0.8/4] [1.2/4,1.5/4]", 1, first / 4);
  check("floor(x/2)", "[1,1.6] [2.4,3]", 2, first);
  check("mod(x, 1)", "[0,0.875]", 0, Rational(7, 16));
}

// (1 + s)/2 x + (1 - s)/2 |x| for the slope s left of 0.
TEST_CASE("leaky ReLU by intervals") {
  const auto table = test::data("abs_errors.json")["errors"];
  for (const int degree : {2, 4, 6, 8}) {
    const Rational abs_error = number(table[std::to_string(degree)].get<std::string>());
    check("if(x < 0, x/10, x)", "[-1,1]", degree, abs_error * Rational(9, 20), 30);
    check("if(x >= 0, x, x/10)", "[-3,3]", degree, 3 * abs_error * Rational(9, 20), 30);
  }
  check("if(x < 0, x/10, x)", "[-1,1]", 1, Rational(9, 40));
}

// a x with a = 2 / (b + 1): the error alternates at -b, -1, 1, b.
TEST_CASE("hard tanh") {
  for (const int degree : {1, 2}) {
    check("if(x < -1, -1, if(x > 1, 1, x))", "[-3,3]", degree, Rational(1, 2));
    check("if(x > 1, 1, if(x < -1, -1, x))", "[-3/2,3/2]", degree, Rational(1, 5));
  }
}

// Each branch alone, and a choice that is sign.
TEST_CASE("a choice of which the domain sees one branch, or both with a gap between") {
  const char* meeting = "if(x < 0, exp(x), 1/(1 + x))";
  check(meeting, "[0,1]", 3, test::solve("1/(1 + x)", "[0,1]", 3).error.attained, 28);
  check(meeting, "[-1,0]", 4, test::solve("exp(x)", "[-1,0]", 4).error.attained, 28);
  check("if(x < 0, 1, log(x))", "[1,e]", 1, number("(log(e-1) - (e-1-1)/(e-1)) / 2"));
  check("if(x <= 0, 3, 4)", "[-0.5,-0.2] [0.2,0.5]", 1, number("0.3/0.7/2"));
}

// By alternation alone (de la Vallee Poussin).
TEST_CASE("piecewise functions without a closed form alternate") {
  const std::pair<const char*, const char*> cases[] = {
      {"if(x < 0, exp(x), 1/(1 + x))", "[-2,2]"},
      {"if(x < 0, exp(x), 1/(1 + x))", "[-2,-1/2] [1/10,2]"},
      {"if(x < -1, -1, if(x > 1, 1, x))", "[-2,5]"},
      {"if(x < 1/3, 0, sqrt(x - 1/3))", "[0,1]"},
      {"if(x <= 0, 0, x*log(x))", "[-1,1]"},
      {"mod(x, 1)", "[0.1,0.9] [1.1,1.9] [2.25,2.5]"},
  };
  for (const auto& [function, domain] : cases) {
    for (const int degree : {3, 8, 15}) {
      CAPTURE(function);
      CAPTURE(degree);
      const MinimaxRequest request = test::problem(function, domain, degree);
      const MinimaxResult result = minimax(request);
      REQUIRE(result.status == MinimaxStatus::converged);
      const auto alternation = test::check_alternation(request, result);
      CHECK_MESSAGE(alternation.ok, alternation.why);
    }
  }
}

// 1 - |x| on [-1, 1].
TEST_CASE("a triangle made of mod") {
  check("abs(mod(x, 2) - 1)", "[-1,1]", 2, Rational(1, 8));
  check("abs(mod(x, 2) - 1)", "[-1,1]", 4, number("0.0676208992777842752693016881752"), 30);
}

// On [-1,-a] u [a,1]: E_{2m-1}(x^{2m}) = 2 ((1 - a^2) / 4)^m.
TEST_CASE("an even monomial on two intervals") {
  check("x^4", "[-1,-1/4] [1/4,1]", 3, number("2*((1 - 1/16)/4)^2"));
  check("x^6", "[-1,-1/2] [1/2,1]", 5, number("2*((1 - 1/4)/4)^3"));
}

// S = T^-1([-1, 1]) for T = k (4x^3 - 3x), k > 1: E_{3j-1}(x^{3j}, S) = 1 / (2^{j-1} (4k)^j).
TEST_CASE("three intervals that are a preimage") {
  // The ends for k = 2: cos((pi/3 + 2 pi j) / 3) and cos((2 pi/3 + 2 pi j) / 3).
  const std::string domain =
      "[-cos(pi/9),-cos(2*pi/9)] [-cos(4*pi/9),cos(4*pi/9)] [cos(2*pi/9),cos(pi/9)]";
  const auto request = test::problem("x^6", domain, 5, Parity::none);
  const MinimaxResult result = minimax(request);
  REQUIRE(result.status == MinimaxStatus::converged);
  CHECK(test::encloses(result.error, Rational(1, 128), 30));
}
