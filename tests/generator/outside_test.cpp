// Where polynomials leave a bound, against closed forms.
#include "generator/outside.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "generator/proof/beyond.hpp"

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

TEST_CASE("values beyond a basis are enclosed, and sharply") {
  for (const int degree : {1, 2, 5, 63, 1000}) {
    CAPTURE(degree);
    ChebyshevSeries p;
    p.coefficients.resize(static_cast<std::size_t>(degree) + 1);
    p.coefficients.back() = 1;
    const Rational end = 1 + Rational(2, degree * degree);
    const double largest = std::cosh(degree * std::acosh(to_double(end)));
    const auto values = proved_values(p, {-end, end});
    REQUIRE(values);
    CHECK(to_double(values->upper) >= largest * (1 - 1e-9));
    CHECK(to_double(values->upper) <= largest * (1 + 1e-3));
    const double least = degree % 2 == 1 ? -largest : -1;
    CHECK(to_double(values->lower) <= least * (1 - 1e-9));
    CHECK(to_double(values->lower) >= least - 1e-3 * largest);
  }
  // (x - 1)^2 between its zero, which is beyond the basis, and 2.
  const auto values = proved_values(from_powers({1, -2, 1}, {-1, 0}), {Rational(1, 2), 2});
  REQUIRE(values);
  CHECK(values->lower <= 0);
  CHECK(to_double(values->lower) > -1e-3);
  CHECK(to_double(values->upper) == doctest::Approx(1).epsilon(1e-3));
}

// By Taylor's sum, and with zeros up to a high degree by tangents.
TEST_CASE("a top between the ends is enclosed as well") {
  for (const std::size_t terms : {3U, 129U, 400U}) {
    CAPTURE(terms);
    ChebyshevSeries p = from_powers({-1, 4, -1}, {-1, 1});  // 3 - (x - 2)^2
    p.coefficients.resize(terms);
    for (const bool mirrored : {false, true}) {
      if (mirrored) p.coefficients[1] *= -1;
      const Interval beyond = mirrored ? Interval{-4, -1} : Interval{1, 4};
      const auto values = proved_values(p, beyond);
      REQUIRE(values);
      CHECK(values->upper >= 3);
      CHECK(values->upper < Rational(3002, 1000));
      CHECK(values->lower <= -1);
      CHECK(values->lower > Rational(-1002, 1000));
      CHECK(stays_bounded({p}, beyond, Rational(3001, 1000)));
      CHECK_FALSE(stays_bounded({p}, beyond, Rational(2999, 1000)));
    }
  }
}

TEST_CASE("terms that cancel far out do not hide what is left") {
  // The series of exp(x), whose terms at -12 are 2^17 and whose sum is nearly 0.
  std::vector<Rational> powers = {1};
  for (int k = 1; k <= 40; ++k) powers.push_back(powers.back() / k);
  const ChebyshevSeries p = from_powers(powers, {-1, 1});
  CHECK(stays_bounded({p}, {-12, 1}, 3));
  CHECK_FALSE(stays_bounded({p}, {-12, Rational(11, 10)}, 3));  // exp(1.1) = 3.004
}

TEST_CASE("a reach is proved, and one that is a little too far is not") {
  ChebyshevSeries p;
  p.coefficients = {0, 0, 0, 0, 0, 1};
  CHECK(stays_bounded({p}, {-2, 2}, 363));  // T_5(2) = 362
  CHECK_FALSE(stays_bounded({p}, {-2, 2}, Rational(3619, 10)));
  CHECK(stays_bounded({p, p}, {-1, 1}, 1 + power_of_two(-10)));
  CHECK_FALSE(stays_bounded({p, p}, {Rational(-101, 100), 1}, 2));
  const OutsideReach measured = outside_reach({p, p}, {{-1, 1}}, {{-1, 1}});
  const OutsideReach proved = proved_outside({p, p}, {{-1, 1}}, {{-1, 1}});
  CHECK(proved.evidence == Evidence::proved);
  CHECK(proved.reach.upper <= measured.reach.upper);
  CHECK(to_double((measured.reach.upper - proved.reach.upper) / (measured.reach.upper - 1)) < 0.02);
}

// What encloses a stage's values is a little wider than they are, each T_63 takes that 4000 times
// as far from its basis, and beyond it to the power of 63: of eight the last would be enclosed in
// numbers of 10^9 digits. That the ends leave the bound is seen before.
TEST_CASE("what is not proved of a deep composition is not proved in a moment") {
  ChebyshevSeries p;
  p.parity = Parity::odd;
  p.coefficients.resize(64);
  p.coefficients.back() = 1;
  const std::vector<ChebyshevSeries> deep(8, p);
  CHECK_FALSE(stays_bounded(deep, {-1, 1}, 2));
  CHECK_FALSE(stays_bounded(deep, {-2, 2}, 2));
  CHECK_FALSE(keeps_side(deep, {Rational(1, 2), 1}));
}

// (3 x - x^3) / 2 is within 1/2 of 1 from 0.347 to 1.532, of which the polynomial's basis is [-1,
// 1].
TEST_CASE("a sign keeps its side") {
  const ChebyshevSeries f1 = from_powers({0, Rational(3, 2), 0, Rational(-1, 2)}, {-1, 1});
  CHECK(keeps_side({f1}, {Rational(35, 100), Rational(153, 100)}));
  CHECK_FALSE(keeps_side({f1}, {Rational(34, 100), 1}));
  CHECK_FALSE(keeps_side({f1}, {Rational(1, 2), Rational(154, 100)}));
  const Domain domain = {{-1, Rational(-1, 2)}, {Rational(1, 2), 1}};
  const OutsideReach outside = proved_outside_of_sign({f1}, domain, {{-1, 1}});
  REQUIRE(outside.side);
  CHECK(to_double(*outside.side) == doctest::Approx(1.532).epsilon(3e-3));
}
