#include "generator/function/expression.hpp"

#include <doctest/doctest.h>

#include "tests/support/problems.hpp"

using namespace equiripple;

TEST_CASE("parity follows from the form") {
  const std::pair<const char*, Parity> known[] = {
      {"x", Parity::odd},
      {"x^3 - sin(x)", Parity::odd},
      {"x^2 + 1", Parity::even},
      {"abs(x)", Parity::even},
      {"cos(x^3)", Parity::even},
      {"exp(x)", Parity::none},
      {"exp(-x^2)", Parity::even},
      {"tanh(x)/x", Parity::even},
      {"sign(x)", Parity::odd},
      {"1/x", Parity::odd},
      {"x^-2", Parity::even},
      {"3", Parity::even},
      {"gelu(x)", Parity::none},
      {"x*sign(x)", Parity::even},
      {"erf(x)*cos(x)", Parity::odd},
      {"x + 1", Parity::none},
      {"sqrt(1 + x^2)", Parity::even},
      {"floor(x)", Parity::none},
      {"floor(x^2)", Parity::even},
      {"mod(x, 1)", Parity::none},
      {"mod(abs(x), 1)", Parity::even},
      {"if(x < 0, -x, x)", Parity::none},
      {"if(x^2 < 1, x, x^3)", Parity::odd},
      {"if(abs(x) < 1, 1, x^2)", Parity::even},
      {"if(abs(x) < 1, 1, x)", Parity::none},
      {"if(x < 0, x^2, 1)", Parity::none},
      {"if(abs(x) < 1, 0, x)", Parity::odd},
  };
  for (const auto& [text, parity] : known) {
    CAPTURE(text);
    CHECK(parity_of(test::function(text)) == parity);
  }
}

TEST_CASE("polynomials are recognised, other functions are not") {
  const auto powers = [](const char* text, int degree) {
    return polynomial_coefficients(test::function(text), degree);
  };
  CHECK(powers("(x + 1)^2 / 4", 2) ==
        std::vector<Rational>{Rational(1, 4), Rational(1, 2), Rational(1, 4)});
  CHECK(powers("x^3 - x*x^2", 3) == std::vector<Rational>{0});
  CHECK(powers("2^-3", 0) == std::vector<Rational>{Rational(1, 8)});
  CHECK(powers("x^7", 6).empty());
  CHECK(powers("x", 0).empty());
  CHECK(powers("sin(x)", 9).empty());
  CHECK(powers("1/x", 9).empty());
  CHECK(powers("pi*x", 9).empty());
  CHECK(powers("floor(x)", 9).empty());
  CHECK(powers("mod(x, 1)", 9).empty());
  CHECK(powers("if(x < 0, x, 2*x)", 9).empty());
  CHECK(powers("if(1 < 2, x, 2*x)", 1) == std::vector<Rational>{0, 1});
  CHECK(powers("x*floor(7/2)", 1) == std::vector<Rational>{0, 3});
  CHECK(powers("x^3000", 4000).size() == 3001);
}
