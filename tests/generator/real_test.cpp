#include "generator/numbers/real.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace equiripple;

TEST_CASE("every rung has at least the bits of its name") {
  CHECK(bits_of<Real<128>> >= 128);
  CHECK(bits_of<Real<256>> >= 256);
  CHECK(bits_of<Real<4096>> >= 4096);
  // 1 + 2^-255 is a number of the rung of 256 bits, and no neighbour of 1 on the rung of 128.
  CHECK(Real<256>(1) + scale_by_power_of_two(Real<256>(1), -255) > 1);
  CHECK(Real<128>(1) + scale_by_power_of_two(Real<128>(1), -255) == 1);
}

TEST_CASE("a rational goes through a rung that can hold it unchanged") {
  const Rational q = Rational(12345) * power_of_two(-200);
  CHECK(to_rational(from_rational<Real<128>>(q)) == q);
  CHECK(to_rational(from_rational<double>(q)) == q);
  CHECK(to_rational(Real<256>(0)) == 0);
}

TEST_CASE("directed roundings enclose, and are neighbours") {
  for (const Rational& q : {Rational(1, 3), Rational(-1, 3), Rational(1, 10), Rational(7)}) {
    const double down = to_double(q, Rounding::down);
    const double up = to_double(q, Rounding::up);
    CHECK(Rational(down) <= q);
    CHECK(q <= Rational(up));
    CHECK((down == up || std::nextafter(down, up) == up));
  }
}

TEST_CASE("directed roundings hold below and above the range of binary64") {
  CHECK(to_double(power_of_two(-2000), Rounding::down) == 0);
  CHECK(to_double(power_of_two(-2000), Rounding::up) == std::numeric_limits<double>::denorm_min());
  CHECK(to_double(power_of_two(2000), Rounding::down) == std::numeric_limits<double>::max());
  CHECK(std::isinf(to_double(power_of_two(2000), Rounding::up)));
  CHECK(round_to_bits(Rational(1, 3), 53, Rounding::up) ==
        Rational(to_double(Rational(1, 3), Rounding::up)));
}

TEST_CASE("rounding to bits keeps any exponent") {
  const Rational tiny = (1 + power_of_two(-60)) * power_of_two(-5000);
  CHECK(round_to_bits(tiny, 53, Rounding::down) == power_of_two(-5000));
  CHECK(round_to_bits(tiny, 53, Rounding::up) == (1 + power_of_two(-52)) * power_of_two(-5000));
  CHECK(round_to_bits(tiny, 61, Rounding::nearest) == tiny);
}

TEST_CASE("log2 of numbers far outside double") {
  CHECK(log2_of(power_of_two(-5000)) == doctest::Approx(-5000));
  CHECK(log2_of(power_of_two(5000) * 3) == doctest::Approx(5001.58496));
}

TEST_CASE("floor") {
  CHECK(floor_of(Rational(7, 2)) == 3);
  CHECK(floor_of(Rational(-7, 2)) == -4);
  CHECK(floor_of(Rational(5)) == 5);
}

// MPFR 4.2 aborts there by itself: the first partial sum of its series vanishes.
TEST_CASE("erf and erfc at sqrt(3)") {
  const auto check = []<class T>(Rung<T>) {
    for (const T& x : {real_sqrt(T(3)), T(-real_sqrt(T(3)))}) {
      const T sum = real_erf(x) + real_erfc(x);
      CHECK(real_abs(T(sum - 1)) <= 4 * unit_roundoff<T>());
      // Between its neighbours, which MPFR computes, and as far from them as the slope says.
      const T step = scale_by_power_of_two(T(1), -400);
      const T middle = (real_erf(T(x + step)) + real_erf(T(x - step))) / 2;
      const T curvature = -4 * x * real_exp(T(-x * x)) / real_sqrt(real_pi<T>());
      const T error = middle - real_erf(x) - curvature * step * step / 2;
      CHECK(real_abs(error) <= scale_by_power_of_two(T(1), -bits_of<T>) * 8 + step * step * step);
    }
  };
  check(Rung<Real<1024>>{});
  check(Rung<Real<2048>>{});
  check(Rung<Real<4096>>{});
}
