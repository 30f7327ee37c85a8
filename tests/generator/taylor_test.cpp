// Taylor series: known coefficients, and the sum of the series against the function.
#include <doctest/doctest.h>

#include "generator/classical/classical.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/taylor.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::function;
using test::number;

namespace {

using Precise = Real<512>;
constexpr slong bits = 400;

std::vector<Ball> series(const std::string& text, const std::string& centre, int terms) {
  return taylor_series(function(text), number(centre), terms, bits);
}

bool holds(const Ball& ball, const std::string& value) {
  const Rational x = number(value);
  return lower_end(ball) <= x && x <= upper_end(ball);
}

// Whether the sum of 60 terms meets the function at 2^-6 beside the centre.
bool sums_to(const std::vector<Ball>& terms, const std::string& text, const std::string& centre) {
  const CompiledFunction<Precise> f(function(text));
  const Precise h = scale_by_power_of_two(Precise(1), -6);
  Precise sum = 0;
  for (std::size_t k = terms.size(); k-- > 0;) sum = sum * h + middle_of<Precise>(terms[k]);
  const Precise exact = f(Precise(from_rational<Precise>(number(centre)) + h));
  return real_abs(Precise(sum - exact)) < scale_by_power_of_two(Precise(1), -200);
}

}  // namespace

TEST_CASE("softplus, silu, exp and tan have their known series about 0") {
  const auto softplus = series("softplus(x)", "0", 7);
  REQUIRE(softplus.size() == 7);
  CHECK(holds(softplus[1], "1/2"));
  CHECK(holds(softplus[2], "1/8"));
  CHECK(holds(softplus[3], "0"));
  CHECK(holds(softplus[4], "-1/192"));
  CHECK(holds(softplus[6], "1/2880"));
  CHECK_FALSE(holds(softplus[4], "-1/193"));
  const auto silu = series("x*sigmoid(x)", "0", 5);
  CHECK(holds(silu[1], "1/2"));
  CHECK(holds(silu[2], "1/4"));
  CHECK(holds(silu[4], "-1/48"));
  const auto tan = series("tan(x)", "0", 6);
  CHECK(holds(tan[3], "1/3"));
  CHECK(holds(tan[5], "2/15"));
}

TEST_CASE("every function that the grammar knows is the sum of its series") {
  for (const std::string& name : function_names()) {
    CAPTURE(name);
    const bool takes_two = name == "max" || name == "min" || name == "mod" || name == "pow";
    const std::string text = takes_two        ? name + "(x^2, 1/3)"
                             : name == "clip" ? name + "(x, 0, 2)"
                                              : name + "(x)";
    const auto terms = series(text, "0.7", 60);
    REQUIRE_FALSE(terms.empty());
    CHECK(sums_to(terms, text, "0.7"));
  }
  for (const char* text : {"x^-3", "x^0.3", "2^x", "if(x < 1, exp(x), 1/x)", "(1 + x)/(2 - x)"}) {
    CAPTURE(text);
    CHECK(sums_to(series(text, "0.7", 60), text, "0.7"));
  }
  CHECK_FALSE(sums_to(series("exp(x)", "0.7", 60), "exp(x) + 1e-40", "0.7"));
}

// erfinv(x) = sqrt(pi)/2 (x + pi/12 x^3 + 7 pi^2/480 x^5 + 127 pi^3/40320 x^7 + ...)  (DLMF 7.17.2)
TEST_CASE("erfinv has its known series about 0") {
  const auto terms = series("erfinv(x)*2/sqrt(pi)", "0", 8);
  REQUIRE(terms.size() == 8);
  const std::pair<std::size_t, const char*> known[] = {
      {1, "1"}, {3, "pi/12"}, {5, "7*pi^2/480"}, {7, "127*pi^3/40320"}};
  for (const auto& [k, value] : known) {
    CHECK(abs((lower_end(terms[k]) + upper_end(terms[k])) / 2 - number(value)) <
          power_of_two(-200));
  }
  CHECK(holds(terms[4], "0"));
}

TEST_CASE("where a function is not smooth there is no series") {
  for (const char* text :
       {"relu(x)", "abs(x)", "sign(x)", "floor(x)", "round(x - 1/2)", "clip(x, 0, 1)", "cbrt(x)",
        "sqrt(x)", "log(x)", "1/x", "x^-1", "if(x < 0, 0, x)"}) {
    CAPTURE(text);
    CHECK(series(text, "0", 4).empty());
  }
  CHECK(taylor_polynomial(function("relu(x)"), 0, test::domain("[-1,1]"), 4).status ==
        ClassicalStatus::not_smooth);
}

TEST_CASE("a Taylor polynomial about another centre is that of the shifted function") {
  const auto p = taylor_polynomial(function("relu(x)"), 1, test::domain("[-1,1]"), 6);
  REQUIRE(p.usable());
  CHECK(p.polynomial.coefficients == std::vector<Rational>{0, 1});
  const auto cubic = taylor_polynomial(function("(x - 3)^3 + x"), 5, test::domain("[-2,2]"), 8);
  REQUIRE(cubic.usable());
  CHECK(coefficient_distance(cubic.polynomial, from_powers({-27, 28, -9, 1}, {-2, 2})) <
        number("2^-60"));
}
