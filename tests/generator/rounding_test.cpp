// Rounding of coefficients to a form, and the lattice that does better than one by one.
#include <doctest/doctest.h>

#include "generator/numbers/lattice_reduction.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/lattice.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

bool is_multiple(const Rational& q, const Rational& unit) {
  return boost::multiprecision::denominator(Rational(q / unit)) == 1;
}

}  // namespace

TEST_CASE("multiples of a unit are nearest, and binary32 keeps to its range") {
  ChebyshevSeries p;
  p.coefficients = {Rational(1, 3), Rational(-1, 3), Rational(1, 2), power_of_two(-160)};
  const Rational unit = power_of_two(-10);
  const ChebyshevSeries fixed = rounded(p, {.unit = unit});
  for (std::size_t k = 0; k < p.coefficients.size(); ++k) {
    CHECK(is_multiple(fixed.coefficients[k], unit));
    CHECK(abs(fixed.coefficients[k] - p.coefficients[k]) <= unit / 2);
  }
  const ChebyshevSeries single = rounded(p, {.bits = 24});
  CHECK(single.coefficients[0] == Rational(1.0F / 3));
  CHECK(single.coefficients[3] == 0);
  p.coefficients[0] = power_of_two(128);
  CHECK_THROWS_AS(static_cast<void>(rounded(p, {.bits = 24})), std::overflow_error);
}

TEST_CASE("the spacing is that of neighbours") {
  CHECK(spacing_at(1, {.bits = 24}) == power_of_two(-23));
  CHECK(spacing_at(Rational(3, 4), {.bits = 24}) == power_of_two(-24));
  CHECK(spacing_at(-2, {.bits = 53}) == power_of_two(-51));
  CHECK(spacing_at(Rational(1, 3), {.unit = power_of_two(-9)}) == power_of_two(-9));
}

TEST_CASE("a reduced basis of a plane lattice is short, and of the same lattice") {
  const IntegerRows basis = {{1000003, 1}, {1000000, 0}};
  const IntegerRows transform = reducing_transform(basis);
  CHECK(abs(Integer(transform[0][0] * transform[1][1] - transform[0][1] * transform[1][0])) == 1);
  // (3, 1), the difference of the two, is the shortest.
  const Integer first = transform[0][0] * basis[0][0] + transform[0][1] * basis[1][0];
  const Integer second = transform[0][0] * basis[0][1] + transform[0][1] * basis[1][1];
  CHECK(abs(first) == 3);
  CHECK(abs(second) == 1);
}

TEST_CASE("the lattice never stores a number of another form, and beats rounding one by one") {
  struct Case {
    const char* function;
    const char* domain;
    int degree;
    CoefficientForm form;
  };
  for (const Case& one : {Case{"sigmoid(x)", "[-8,8]", 31, {.unit = power_of_two(-20)}},
                          Case{"exp(x)", "[0,1]", 10, {.bits = 24}},
                          Case{"gelu(x)", "[-8,8]", 40, {.unit = power_of_two(-24)}}}) {
    CAPTURE(one.function);
    const MinimaxRequest request = test::problem(one.function, one.domain, one.degree);
    const MinimaxResult solved = minimax(request);
    REQUIRE(solved.usable());
    const auto better = lattice_rounding(request, solved, one.form);
    REQUIRE(better.has_value());
    CHECK(rounded(*better, one.form).coefficients == better->coefficients);
    const Certificate plain = certify(request, rounded(solved.polynomial, one.form), solved);
    const Certificate closest = certify(request, *better, solved);
    REQUIRE(plain.holds);
    REQUIRE(closest.holds);
    CHECK(closest.error.attained < plain.error.attained);
  }
}
