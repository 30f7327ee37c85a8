// Random numbers that are the same with every standard library.
#pragma once

#include <cstdint>
#include <random>

namespace equiripple::study {

using Random = std::mt19937_64;

/// In [0, 1).
inline double unit_real(Random& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// From 0 to below - 1, close enough to uniform for an order of images.
inline std::uint64_t index_below(Random& random, std::uint64_t below) { return random() % below; }

}  // namespace equiripple::study
