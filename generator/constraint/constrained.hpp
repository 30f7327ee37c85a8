// Best polynomials among those that keep conditions: the exchange on what is free of them.
//
// With p = offset + factor q the best q is that of (f - offset) / factor with the weight
// w |factor|, whose error is that of p with the sign of factor: so the alternation is counted. At
// the roots of factor there is nothing to choose: they are left out, with a neighbourhood that
// shrinks until the error in it is no larger than outside, or than |f(X) - Y| must be.
#pragma once

#include <optional>

#include "generator/constraint/affine_class.hpp"
#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// Whether minimax() goes this way: conditions, or an odd or even class on a domain right of 0.
[[nodiscard]] bool is_constrained(const MinimaxRequest& request);

struct FreeProblem {
  AffineClass affine;
  MinimaxRequest request;       // of q; without conditions
  std::vector<Interval> holes;  // of the domain asked for, that its domain leaves out
};

/// Leaves out 2^radius_log2 of the distances to what is nearest. Empty where no polynomial keeps
/// the conditions.
[[nodiscard]] std::optional<FreeProblem> free_problem(const MinimaxRequest& request,
                                                      int radius_log2);

/// The largest error at points of the domain where conditions give the value: no polynomial of the
/// class has a smaller one. Measured.
[[nodiscard]] Rational error_at_points(const MinimaxRequest& request);

/// Throws std::invalid_argument where no polynomial keeps the conditions.
[[nodiscard]] MinimaxResult constrained_minimax(const MinimaxRequest& request);

}  // namespace equiripple
