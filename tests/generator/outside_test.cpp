// Where polynomials leave a bound, against closed forms.
#include "generator/outside.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace equiripple;

TEST_CASE("a Chebyshev polynomial leaves 2 at cosh(arcosh(2) / n)") {
  for (const int degree : {1, 2, 5, 16, 63}) {
    CAPTURE(degree);
    ChebyshevSeries p;
    p.coefficients.resize(static_cast<std::size_t>(degree) + 1);
    p.coefficients.back() = 1;
    const OutsideReach outside = outside_reach({p}, {{-1, 1}}, {{-1, 1}});
    CHECK(outside.bound == 2);
    const double expected = std::cosh(std::acosh(2.0) / degree) - 1;
    for (const Rational& distance : {outside.reach.upper - 1, -1 - outside.reach.lower}) {
      CHECK(to_double(distance) <= expected * (1 + 1e-12));
      CHECK(to_double(distance) >= expected * (1 - 1e-3));
    }
  }
}

TEST_CASE("the ends of a domain that is not symmetric are looked at one by one") {
  // (x - 1)^2 on [0, 1]: 2 is reached at 1 - sqrt 2 and 1 + sqrt 2.
  const ChebyshevSeries p = from_powers({1, -2, 1}, {0, 1});
  const OutsideReach outside = outside_reach({p}, {{0, 1}}, {{0, 1}});
  CHECK(to_double(outside.reach.lower) == doctest::Approx(1 - std::sqrt(2.0)).epsilon(1e-3));
  CHECK(to_double(outside.reach.upper) == doctest::Approx(1 + std::sqrt(2.0)).epsilon(1e-3));
}

TEST_CASE("large values raise the bound") {
  const ChebyshevSeries p = from_powers({0, 10}, {-1, 1});
  const OutsideReach outside = outside_reach({p}, {{-1, 1}}, {{-10, 10}});
  CHECK(outside.bound == 20);
  CHECK(to_double(outside.reach.upper) == doctest::Approx(2).epsilon(1e-3));
}
