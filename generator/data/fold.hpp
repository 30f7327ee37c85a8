// A table as the solvers see it: points on [-1, 1], values of size at most 1, and for a parity the
// points left of 0 folded onto those right of it.
#pragma once

#include <optional>
#include <vector>

#include "generator/data/fit.hpp"

namespace equiripple {

struct FoldedPoint {
  Rational u;           // x on the basis: in [-1, 1]; for a parity |x| on it, in [0, 1]
  Rational value;       // y / 2^scale_log2; the mean of two points that fold together
  int count = 1;        // points of the table
  DataPoint original;   // for a parity, folded
  Rational weight = 1;  // of the error of the value
};

struct FoldedTable {
  Interval basis;
  Parity parity = Parity::none;
  long scale_log2 = 0;
  std::vector<FoldedPoint> points{};   // ascending; odd: without u = 0, where p is 0 anyway
  std::optional<Rational> conflict{};  // an x at which two values, or the parity, disagree
};

/// Throws std::invalid_argument where the request breaks a rule of DataRequest.
[[nodiscard]] FoldedTable folded(const DataRequest& request);

/// Coefficients that a polynomial of the class is free to choose.
[[nodiscard]] int free_coefficients(int degree, Parity parity);

/// A polynomial in u for scaled values, as one in x for the table; coefficients below the precision
/// to which they are determined become 0.
[[nodiscard]] ChebyshevSeries unfolded(const FoldedTable& table, ChebyshevSeries series);

}  // namespace equiripple
