// Dyadic numbers against rationals.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "generator/numbers/dyadic.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

TEST_CASE("sums, products and quotients of dyadic numbers are those of rationals") {
  test::Random random(test::seed());
  const auto any = [&] {
    const double x = test::real_between(random, -1, 1);
    return std::ldexp(x, test::integer_between(random, -200, 200));
  };
  for (int i = 0; i < 200; ++i) {
    const double a = any();
    const double b = any();
    const double c = any();
    const Rational exact = (Rational(a) * Rational(b) - Rational(c) / 2) * 3 + Rational(a);
    Dyadic made = (Dyadic(a) * Dyadic(b) - Dyadic(c).half()) * Dyadic(3);
    made += Dyadic(a);
    CHECK(made == Dyadic(exact));
    CHECK_FALSE(made == Dyadic(exact + power_of_two(-3000)));
    CHECK(to_rational(made) == exact);
    CHECK((made < Dyadic(b)) == (exact < Rational(b)));
    CHECK_FALSE(made < made);
    CHECK(abs(made) == Dyadic(exact < 0 ? Rational(-exact) : exact));
    made -= Dyadic(exact);
    CHECK(made.is_zero());
    CHECK(quotient(Dyadic(exact), Dyadic(b)) == to_double(exact / Rational(b)));
  }
}

TEST_CASE("what is no dyadic number is rounded, and what is large stays") {
  CHECK(quotient(Dyadic(Rational(1, 3)), Dyadic(1)) == 1.0 / 3);
  CHECK(Dyadic(Rational(1, 3)) ==
        Dyadic(round_to_bits(Rational(1, 3), Dyadic::quotient_bits, Rounding::nearest)));
  const Rational large = power_of_two(6000) + 1;  // longer than what is rounded
  Dyadic rest(large);
  rest -= Dyadic(power_of_two(6000));
  CHECK(rest == Dyadic(1));
  CHECK(quotient(Dyadic(large), Dyadic(1)) == std::numeric_limits<double>::infinity());
}
