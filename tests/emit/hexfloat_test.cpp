#include "emit/hexfloat.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <limits>
#include <stdexcept>

#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

TEST_CASE("hex floats are exact, normal and unlimited in exponent") {
  CHECK(hexfloat(0) == "0x0p+0");
  CHECK(hexfloat(1) == "0x1p+0");
  CHECK(hexfloat(Rational(3, 2)) == "0x1.8p+0");
  CHECK(hexfloat(Rational(-1, 8)) == "-0x1p-3");
  CHECK(hexfloat(Rational(0.1)) == "0x1.999999999999ap-4");
  CHECK(hexfloat(power_of_two(-5000) * 5) == "0x1.4p-4998");
  CHECK_THROWS_AS(static_cast<void>(hexfloat(Rational(1, 3))), std::invalid_argument);
}

TEST_CASE("hex floats go there and back, and mean what C means") {
  test::Random random(test::seed());
  for (int i = 0; i < 2000; ++i) {
    const double value =
        std::ldexp(test::real_between(random, -2, 2), test::integer_between(random, -300, 300));
    const std::string text = hexfloat(Rational(value));
    CHECK(std::strtod(text.c_str(), nullptr) == value);
    CHECK(parse_hexfloat(text) == Rational(value));
  }
}

TEST_CASE("what is no hex float is refused") {
  for (const char* text :
       {"", "1.5", "0x", "0x1", "0x1p", "0x1p+", "0x1.8q+0", "0xGp+0", "0x1p+0 ", "--0x1p+0",
        "0x1p+999999999", "0x1p-20001", "nan", "inf", "0x1..8p+0", "0x.p+0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_hexfloat(text).has_value());
  }
  CHECK_FALSE(parse_hexfloat("0x" + std::string(5000, '1') + "p+0").has_value());
}

namespace {

// The number that a text in the notation of %g, or with a fixed point, is.
Rational value_of(const std::string& text) { return test::number(text); }

// Significant digits in a text.
std::size_t digits_in(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text.substr(0, text.find('e'))) {
    if (c >= '0' && c <= '9' && (c != '0' || count > 0)) ++count;
  }
  return count;
}

// The largest power of ten that is not above q.
Rational decade_of(const Rational& q) {
  Rational decade = 1;
  while (decade > q) decade /= 10;
  while (decade * 10 <= q) decade *= 10;
  return decade;
}

// Is it on the right side of q, in so many digits, with no number of as many digits between?
bool is_closest_outward(const std::string& text, const Rational& q, int digits, Rounding rounding) {
  const Rational shown = value_of(text);
  const Rational distance = rounding == Rounding::up ? shown - q : q - shown;
  Rational unit = decade_of(q);
  for (int i = 1; i < digits; ++i) unit /= 10;
  return distance >= 0 && distance < unit && digits_in(text) <= static_cast<std::size_t>(digits);
}

// Likewise of 2^(the text), to a hundredth: powers are compared, not logarithms.
bool is_closest_exponent(const std::string& text, const Rational& q, Rounding rounding) {
  const Rational hundred = value_of(text) * 100;
  if (floor_of(hundred) != hundred) return false;
  const auto k = static_cast<long>(to_double(hundred));
  const auto to_the_hundredth = [&](const Rational& x) {
    Rational power = 1;
    for (int i = 0; i < 100; ++i) power *= x;
    return power;
  };
  const Rational power = to_the_hundredth(q);
  if (rounding == Rounding::up) return power_of_two(k) >= power && power_of_two(k - 1) < power;
  return power_of_two(k) <= power && power_of_two(k + 1) > power;
}

// The two parts of "2^-13.00 (0.000123)".
struct SizeText {
  std::string exponent, decimal;
};

SizeText parts_of(const std::string& text) {
  const std::size_t open = text.find(" (");
  REQUIRE(text.starts_with("2^"));
  REQUIRE(open != std::string::npos);
  return {text.substr(2, open - 2), text.substr(open + 2, text.size() - open - 3)};
}

// Of all sizes, those near powers of ten and of two among them, and such as 1/16 + 2^-60.
Rational random_bound(test::Random& random) {
  const int exponent = test::integer_between(random, -80, 10);
  const auto noise = Rational(test::real_between(random, -1, 1)) *
                     power_of_two(-test::integer_between(random, 1, 70));
  switch (test::integer_between(random, 0, 3)) {
    case 0: return power_of_two(exponent) * (1 + noise / 2);
    case 1:
      return value_of("1e" + std::to_string(test::integer_between(random, -30, 3))) *
             (1 + noise / 2);
    case 2:  // a number of three digits, or beside it
      return value_of(std::to_string(test::integer_between(random, 100, 999)) + "e" +
                      std::to_string(test::integer_between(random, -30, 3))) *
             (1 +
              (test::integer_between(random, 0, 1) == 0 ? Rational(0) : Rational(noise / 1000)));
    default: return Rational(test::real_between(random, 0.5, 1)) * power_of_two(exponent);
  }
}

}  // namespace

TEST_CASE("sizes are shown outward: no closer exponent or three digits are on that side") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 500 * test::effort(); ++i) {
    const Rational q = random_bound(random);
    CAPTURE(hexfloat(round_to_bits(q, 200, Rounding::nearest)));
    for (const Rounding rounding : {Rounding::up, Rounding::down}) {
      const std::string text = size_text(q, rounding);
      CAPTURE(text);
      const SizeText parts = parts_of(text);
      CHECK(is_closest_outward(parts.decimal, q, 3, rounding));
      CHECK(is_closest_exponent(parts.exponent, q, rounding));
      CHECK(is_closest_outward(decimal(q, 6, rounding), q, 6, rounding));
      CHECK(value_of("-" + decimal(q, 6, rounding)) ==
            value_of(decimal(-q, 6, rounding == Rounding::up ? Rounding::down : Rounding::up)));
    }
  }
}

// What printed 0.0629 for a bound of 0.062546.
TEST_CASE(
    "the tests of printed sizes reject what is on the wrong side, or further than it need be") {
  const Rational bound = value_of("0.062546");
  CHECK(is_closest_outward("0.0626", bound, 3, Rounding::up));
  CHECK_FALSE(is_closest_outward("0.0629", bound, 3, Rounding::up));
  CHECK_FALSE(is_closest_outward("0.0625", bound, 3, Rounding::up));
  CHECK_FALSE(is_closest_outward("0.06255", bound, 3, Rounding::up));
  CHECK(is_closest_outward("0.0625", bound, 3, Rounding::down));
  CHECK_FALSE(is_closest_outward("0.0621", bound, 3, Rounding::down));
  CHECK_FALSE(is_closest_outward("0.0626", bound, 3, Rounding::down));
  CHECK(is_closest_exponent("-3.99", bound, Rounding::up));
  CHECK_FALSE(is_closest_exponent("-4.00", bound, Rounding::up));
  CHECK_FALSE(is_closest_exponent("-3.98", bound, Rounding::up));
  CHECK(is_closest_exponent("-4.00", bound, Rounding::down));
  CHECK_FALSE(is_closest_exponent("-4.01", bound, Rounding::down));
}

TEST_CASE("sizes for people") {
  CHECK(size_text(0) == "0");
  CHECK(size_text(Rational(1, 16)) == "2^-4.00 (0.0625)");
  CHECK(size_text(Rational(1, 16), Rounding::down) == "2^-4.00 (0.0625)");
  CHECK(size_text(power_of_two(-13)) == "2^-13.00 (0.000123)");
  CHECK(size_text(power_of_two(-13), Rounding::down) == "2^-13.00 (0.000122)");
  CHECK(size_text(Rational(1, 3)) == "2^-1.58 (0.334)");
  CHECK(size_text(Rational(1, 3), Rounding::down) == "2^-1.59 (0.333)");
  CHECK(size_text(power_of_two(-5000)) == "2^-5000.00 (7.08e-1506)");
  CHECK(size_text(Rational(999'600)) == "2^19.94 (1e+06)");
  CHECK(decimal(power_of_two(-5000), 3).find("e-1506") != std::string::npos);
  CHECK(decimal(Rational(1, 8), 6, Rounding::up) == "0.125");
  CHECK(decimal(Rational(100), 6, Rounding::up) == "100");
  CHECK(decimal(Rational(2, 3) / 1000, 3, Rounding::up) == "0.000667");
  CHECK(decimal(Rational(2, 3) / 10'000, 3, Rounding::up) == "6.67e-05");
  CHECK(decimal(-Rational(2, 3), 3, Rounding::up) == "-0.666");
}

// 2^(k/100) to 300 bits, and its neighbours there: the logarithm is the same far beyond double.
TEST_CASE("the exponent is right beside a hundredth as well") {
  const auto hundredth = to_rational(real_exp(real_log(Real<512>(2)) / 100));
  for (const Rounding side : {Rounding::up, Rounding::down}) {
    const Rational beside = round_to_bits(hundredth, 300, side);
    CHECK(log2_text(beside, 2, Rounding::up) == (side == Rounding::up ? "0.02" : "0.01"));
    CHECK(log2_text(beside, 2, Rounding::down) == (side == Rounding::up ? "0.01" : "0.00"));
  }
  CHECK(log2_text(Rational(1), 2, Rounding::up) == "0.00");
  CHECK(log2_text(power_of_two(-20'000), 4, Rounding::up) == "-20000.0000");
  CHECK(log2_rounded_up(power_of_two(-13)) == -13);
  CHECK(log2_rounded_up(power_of_two(-13) * (1 + power_of_two(-60))) == -12.9999);
}

TEST_CASE("fixed places") {
  CHECK(fixed_decimal(Rational(25, 2), 1, Rounding::up) == "12.5");
  CHECK(fixed_decimal(Rational(1, 3), 2, Rounding::up) == "0.34");
  CHECK(fixed_decimal(Rational(-1, 3), 2, Rounding::up) == "-0.33");
  CHECK(fixed_decimal(Rational(-1, 3), 2, Rounding::down) == "-0.34");
  CHECK(fixed_decimal(Rational(-1, 300), 1, Rounding::up) == "0.0");
  CHECK(fixed_decimal(Rational(7, 2), 0, Rounding::down) == "3");
  CHECK(fixed_decimal(8.26, 1, Rounding::down) == "8.2");
  CHECK(fixed_decimal(-std::numeric_limits<double>::infinity(), 1, Rounding::up) == "-inf");
}
