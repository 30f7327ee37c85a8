// The moduli of a real chain: primes that allow the transform of ring dimension 2^14.
#pragma once

#include <cstdint>
#include <vector>

namespace equiripple::test {

/// By trial division; n is odd.
inline bool is_prime(std::int64_t n) {
  for (std::int64_t factor = 3; factor * factor <= n; factor += 2) {
    if (n % factor == 0) return false;
  }
  return true;
}

/// Distinct primes 1 modulo 2^15, in turn above and below 2^45: none of their quotients is a power
/// of two, nor a double.
inline std::vector<double> prime_moduli(int count) {
  constexpr std::int64_t step = std::int64_t{1} << 15;
  constexpr std::int64_t centre = std::int64_t{1} << 45;
  static std::vector<double> primes;
  static std::int64_t above = centre + 1;
  static std::int64_t below = centre + 1;
  while (primes.size() < static_cast<std::size_t>(count)) {
    std::int64_t& next = primes.size() % 2 == 0 ? above : below;
    const std::int64_t towards = primes.size() % 2 == 0 ? step : -step;
    do {
      next += towards;
    } while (!is_prime(next));
    primes.push_back(static_cast<double>(next));
  }
  return {primes.begin(), primes.begin() + count};
}

}  // namespace equiripple::test
