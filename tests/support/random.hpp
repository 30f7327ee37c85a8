// Random tests: the seed is printed where a test fails, and taken back from EQUIRIPPLE_SEED; the
// one knob of effort is EQUIRIPPLE_EFFORT (1 by default, 10 tries ten times as much).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

namespace equiripple::test {

inline std::uint64_t seed() {
  const char* given = std::getenv("EQUIRIPPLE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'201'111;
}

inline int effort() {
  const char* given = std::getenv("EQUIRIPPLE_EFFORT");
  const int value = given != nullptr ? std::atoi(given) : 1;
  return value < 1 ? 1 : value;
}

using Random = std::mt19937_64;

inline int integer_between(Random& random, int low, int high) {
  // Not std::uniform_int_distribution, which differs between standard libraries.
  return low + static_cast<int>(random() % static_cast<std::uint64_t>(high - low + 1));
}

inline double real_between(Random& random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
}

}  // namespace equiripple::test
