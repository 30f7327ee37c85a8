// The row of a kind, with sign itself in place of a polynomial, is the function of that name.
#include "emit/result.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace equiripple {
namespace {

double sign_of(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

double made_of_sign(Kind kind, double a, double b) {
  const double x = has_two_inputs(kind) ? a - b : a;
  return value_of<double>(result_form(kind), sign_of(x), x, a, b);
}

}  // namespace

TEST_CASE("rows of kinds are the functions that their names say") {
  for (const double a : {-3.0, -0.5, 0.25, 2.0}) {
    for (const double b : {-2.5, 0.5, 4.0}) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK(made_of_sign(Kind::sign, a, b) == sign_of(a));
      CHECK(made_of_sign(Kind::step, a, b) == (a > 0 ? 1 : 0));
      CHECK(made_of_sign(Kind::compare, a, b) == (a > b ? 1 : 0));
      CHECK(made_of_sign(Kind::relu, a, b) == std::fmax(a, 0));
      CHECK(made_of_sign(Kind::abs, a, b) == std::fabs(a));
      CHECK(made_of_sign(Kind::max, a, b) == std::fmax(a, b));
      CHECK(made_of_sign(Kind::min, a, b) == std::fmin(a, b));
    }
  }
}

// Of an error e of sign: what the value of the function moves by, divided by what is searched.
TEST_CASE("errors of functions are those of their sign times a factor") {
  const double e = 1.0 / 64;
  const double x = 0.5;
  for (const Kind kind :
       {Kind::sign, Kind::step, Kind::compare, Kind::relu, Kind::abs, Kind::max, Kind::min}) {
    CAPTURE(name_of(kind));
    const ResultForm form = result_form(kind);
    const double moved =
        std::fabs(value_of<double>(form, 1 + e, x, x, 0) - value_of<double>(form, 1, x, x, 0));
    const double searched = covers_gap(kind) ? x * e / 2 : e;
    CHECK(moved / searched == to_double(error_of_sign(kind)));
  }
}

TEST_CASE("formulas of results read as the languages write them") {
  CHECK(formula_of(result_form(Kind::max)) == "b + x * (1 + value) / 2");
  CHECK(formula_of(result_form(Kind::min)) == "a - x * (1 + value) / 2");
  CHECK(formula_of(result_form(Kind::step), {.value = "v", .half = "/2"}) == "(1 + v)/2");
  CHECK(formula_of(result_form(Kind::divide)) == "a * value");
  CHECK(formula_of(result_form(Kind::minimax)) == "value");
}

TEST_CASE("every kind has a name that finds it") {
  for (int i = 0; i <= static_cast<int>(Kind::largest); ++i) {
    const auto kind = static_cast<Kind>(i);
    CHECK(kind_named(name_of(kind)) == kind);
  }
  CHECK(!kind_named("signum"));
  CHECK(!kind_named(""));
}

}  // namespace equiripple
