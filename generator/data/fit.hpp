// The best polynomial on the points of a table: the largest error smallest, or the sum of squares.
//
// A finite set is compact, so Chebyshev's theorem and the exchange of Remez [Rem34] hold on it as
// on an interval. Least squares by the orthogonal polynomials of the points [For57]: no linear
// system. Pure: no I/O, no globals, no clock, no randomness. Equal requests give equal bits.
#pragma once

#include <string>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/data/table.hpp"

namespace equiripple {

struct DataRequest {
  DataTable table;                  // 1 to most_points points, |x| at most 2^largest_end_log2
  int degree = 0;                   // highest power; 0 to highest_fit_degree
  Parity parity = Parity::none;     // imposed in the basis; the table need not show it
  std::vector<Rational> weights{};  // of minimax: of the error at each point, above 0; none: 1. Of
                                    // a parity: no two points mirror each other
};

enum class DataStatus {  // Each name says what is known, not what is guessed.
  not_run,               // nothing here is usable
  converged,             // the best polynomial, its coefficients determined to 2^-70 or better
  interpolates,          // error 0 before rounding (to 2^-490 of the values): the points are too
                         // few, or the values are those of a polynomial of the class
  conflicting,           // minimax of a parity: x and -x are in the table with values that no
                         // polynomial of that parity takes; no polynomial
  not_determined,        // the points leave the coefficients open to what the ladder resolves, or
                         // the exchange to what it may cost; no polynomial
};

struct DataResult {
  DataStatus status = DataStatus::not_run;
  ChebyshevSeries polynomial{};        // set when usable; before rounding
  std::vector<DataPoint> reference{};  // minimax that converged: where the error alternates; for a
                                       // parity folded onto x >= 0
  Rational conflict{};                 // conflicting: the x > 0 (odd: or 0) at which
  int exchanges = 0;
  int precision_bits = 0;                                    // of the rung of the coefficients
  std::string detail = "discrete_minimax() was not called";  // for people; never parsed

  bool usable() const {
    return status == DataStatus::converged || status == DataStatus::interpolates;
  }
};

/// Both throw std::invalid_argument when the request breaks a rule above.
[[nodiscard]] DataResult discrete_minimax(const DataRequest& request);
/// Where x and -x disagree with a parity, the sum of squares decides between them.
[[nodiscard]] DataResult least_squares(const DataRequest& request);

}  // namespace equiripple
