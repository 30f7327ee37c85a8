// The error of a polynomial at the points of a table: `proved`, since there are finitely many and
// the arithmetic is exact, or in mpfr with a bound of its rounding.
#pragma once

#include <vector>

#include "generator/data/table.hpp"
#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct TableError {   // of max |y - p(x)|
  Rational attained;  // it is at least this
  Rational upper;     // and no more; equal but where many points tie
};

/// The basis of the polynomial contains every x.
[[nodiscard]] TableError table_error(const DataTable& table, const ChebyshevSeries& polynomial);

/// The error of a stored polynomial as a claim. `lower`: no polynomial of its class is below.
[[nodiscard]] ErrorEnclosure proved_error(const DataTable& table, const ChebyshevSeries& polynomial,
                                          const Rational& lower);

/// The root of the mean of (y - p(x))^2, rounded up.
[[nodiscard]] Rational root_mean_square(const DataTable& table, const ChebyshevSeries& polynomial);

/// No polynomial with `reference.size() - 1` free coefficients of this parity has a smaller error
/// on the reference (de la Vallee Poussin): the smallest |y - p(x)| there where the signs
/// alternate, else 0. For a parity no point of the reference is left of 0, for odd
/// none at 0.
[[nodiscard]] Rational alternation_bound(const std::vector<DataPoint>& reference,
                                         const ChebyshevSeries& polynomial);

}  // namespace equiripple
