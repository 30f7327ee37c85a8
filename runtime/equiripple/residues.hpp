// A constant in every slot, as its residues: in evaluation form all coefficients of a constant
// polynomial are equal, so one number for each prime stands for the whole plaintext.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace equiripple {
namespace detail {

/// x * y modulo `modulus`, for x and y below it; `modulus` below 2^62.
inline std::uint64_t multiply_modulo(std::uint64_t x, std::uint64_t y, std::uint64_t modulus) {
  // By doubling, so that no type wider than 64 bits is needed; this is not in any inner loop.
  std::uint64_t sum = 0;
  for (; y != 0; y >>= 1) {
    if ((y & 1) != 0) sum = (sum + x) % modulus;
    x = (x + x) % modulus;
  }
  return sum;
}

/// round(value * scale) modulo `modulus` (below 2^62), of any size; value * scale as a double.
inline std::uint64_t residue(double value, double scale, std::uint64_t modulus) {
  constexpr int mantissa_bits = 53;
  const double product = value * scale;
  int exponent = 0;
  std::frexp(product, &exponent);
  int shift = exponent > mantissa_bits ? exponent - mantissa_bits : 0;
  std::uint64_t magnitude =
      static_cast<std::uint64_t>(std::llround(std::abs(std::ldexp(product, -shift)))) % modulus;
  for (std::uint64_t power = 2 % modulus; shift != 0; shift >>= 1) {
    if ((shift & 1) != 0) magnitude = multiply_modulo(magnitude, power, modulus);
    power = multiply_modulo(power, power, modulus);
  }
  return product < 0 && magnitude != 0 ? modulus - magnitude : magnitude;
}

}  // namespace detail
}  // namespace equiripple
