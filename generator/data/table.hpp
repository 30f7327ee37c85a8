// A table of points to be fitted, with exact coordinates.
#pragma once

#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/domain.hpp"

namespace equiripple {

inline constexpr std::size_t most_points = 100'000;  // chosen: with the limit below, a minute
inline constexpr int highest_fit_degree = 1023;      // chosen: more than points can tell
/// Of points * (degree + 1): an exchange evaluates that many terms on a high rung.
inline constexpr long most_table_terms = 1L << 23;  // chosen: about 2 s an exchange

struct DataPoint {
  Rational x;
  Rational y;
};

struct DataTable {
  std::vector<DataPoint> points;  // ascending, no x twice
};

/// From the smallest to the largest x; of one point, an interval without length.
[[nodiscard]] Interval hull(const DataTable& table);

/// The parity that the values show: -x is in the table for every x, with the value negated (odd) or
/// the same (even). A table of zeros is even.
[[nodiscard]] Parity parity_of(const DataTable& table);

/// The largest |y|.
[[nodiscard]] Rational largest_value(const DataTable& table);

}  // namespace equiripple
