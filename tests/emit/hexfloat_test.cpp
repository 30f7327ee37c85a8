#include "emit/hexfloat.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <stdexcept>

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

TEST_CASE("sizes for people") {
  CHECK(size_text(0) == "0");
  CHECK(size_text(power_of_two(-13)) == "2^-13.00 (0.000123)");
  CHECK(size_text(power_of_two(-13), Rounding::down) == "2^-13.00 (0.000122)");
  CHECK(size_text(Rational(1, 3)) == "2^-1.58 (0.335)");
  CHECK(size_text(Rational(1, 3), Rounding::down) == "2^-1.59 (0.333)");
  CHECK(decimal(power_of_two(-5000), 3).find("e-1506") != std::string::npos);
}
