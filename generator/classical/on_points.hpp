// The best uniform approximation on points from the span of any functions: Stiefel's exchange
// [Sti59].
//
// A reference is as many points as there are functions, and one more: on it the least largest error
// is reached with equal sizes, the multipliers of which signs are. The point of the largest error
// enters, that which keeps the multipliers positive leaves, and the level rises. It is the simplex
// method on the dual problem; the functions need not be a Haar system.
#pragma once

#include <optional>
#include <vector>

namespace equiripple {

struct PointsProblem {
  std::vector<std::vector<double>> rows;  // the functions at each point; more points than functions
  std::vector<double> values;             // to be approximated, one a point
};

struct PointsFit {
  std::vector<double> coefficients;  // of the functions
  double level = 0;  // no combination has a largest error below it, but for rounding
};

/// None where the rows are dependent to the precision of double.
[[nodiscard]] std::optional<PointsFit> best_on_points(const PointsProblem& problem);

}  // namespace equiripple
