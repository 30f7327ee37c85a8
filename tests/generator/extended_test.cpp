// What processors without an x87 compute is what those with one do.
#include "generator/numbers/extended.hpp"

#include <doctest/doctest.h>

#include <random>

namespace equiripple {
namespace {

#if LDBL_MANT_DIG == 64 && defined(__SIZEOF_FLOAT128__)

__extension__ using Quad = __float128;
using Emulated = RoundedTo64<Quad>;

bool same(Emulated a, long double b) { return a.wide() == static_cast<Quad>(b); }

// 64 bits each, of many sizes.
long double number(std::mt19937_64& random) {
  const auto digits = static_cast<long double>(random());
  const int exponent = static_cast<int>(random() % 40) - 80;
  return std::ldexp(random() % 2 == 0 ? digits : -digits, exponent);
}

#endif

}  // namespace

#if LDBL_MANT_DIG == 64 && defined(__SIZEOF_FLOAT128__)

// Sums of numbers of like sizes are halfway between two as often as not; a result that differs has
// 48 bits alike, which a million operations meet once in 2^28.
TEST_CASE("numbers of 64 bits are emulated to the bit") {
  std::mt19937_64 random(5);
  int different = 0;
  for (int i = 0; i < 250'000; ++i) {
    const long double a = number(random);
    const long double b = number(random);
    const Emulated x = static_cast<Quad>(a);
    const Emulated y = static_cast<Quad>(b);
    different +=
        !same(x + y, a + b) + !same(x - y, a - b) + !same(x * y, a * b) + !same(x / y, a / b);
  }
  CHECK(different == 0);
}

TEST_CASE("halves are rounded to even") {
  const Emulated one = 1;
  CHECK(same(one + Emulated(0x1p-64), 1.0L));
  CHECK(same(one + Emulated(0x1p-63) + Emulated(0x1p-64), 1.0L + 0x1p-62L));
  CHECK(!same(one + Emulated(0x1p-63), 1.0L));
}

#endif

TEST_CASE("numbers of 64 bits have them") {
  CHECK(std::numeric_limits<Extended>::epsilon() == Extended(0x1p-63));
  CHECK(Extended(1) + Extended(0x1p-63) > Extended(1));
  CHECK(Extended(1) + Extended(0x1p-64) == Extended(1));
}

}  // namespace equiripple
