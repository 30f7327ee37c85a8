// Residues of scalars against arithmetic in whole numbers of any size.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <equiripple/residues.hpp>
#include <string>

#include "generator/numbers/real.hpp"

using namespace equiripple;

namespace {

std::uint64_t remainder_of(double value, double scale, std::uint64_t modulus) {
  const double product = value * scale;
  const double whole = std::abs(product) < 0x1p+52 ? std::round(product) : product;
  Rational rest(whole);
  const Rational m(static_cast<double>(modulus >> 32) * 0x1p+32);
  const Rational exact_modulus = m + Rational(static_cast<double>(modulus & 0xffffffffU));
  const Rational quotient = rest / exact_modulus;
  // floor, by numerator and denominator
  auto n = numerator(quotient);
  auto d = denominator(quotient);
  auto floor = n / d;
  if (n < 0 && floor * d != n) floor -= 1;
  rest -= Rational(floor) * exact_modulus;
  return static_cast<std::uint64_t>(std::stoull(numerator(rest).str()));
}

}  // namespace

TEST_CASE("a scalar's residue is that of its rounded product with the scale") {
  for (const std::uint64_t modulus :
       {std::uint64_t{65537}, (std::uint64_t{1} << 50) - 27, (std::uint64_t{1} << 61) - 1}) {
    for (const double scale : {1.0, 0x1p+20, 0x1.0000001p+50, 0x1.fffffffffp+60, 0x1p+110}) {
      for (const double value : {0.0, 1.0, -1.0, 0.5, -0.7071067811865476, 3e-9, -123456.789}) {
        CAPTURE(modulus);
        CAPTURE(scale);
        CAPTURE(value);
        CHECK(detail::residue(value, scale, modulus) == remainder_of(value, scale, modulus));
      }
    }
  }
}
