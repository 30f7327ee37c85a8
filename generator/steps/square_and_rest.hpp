// A polynomial near a function that is a square and a rest: p = q^2 + r, r of a lower degree than
// q.
//
// On ciphertexts q^2 is one product beyond q, and r may be had from the products that lie on the
// way to q: so p takes far fewer key switches than others of its degree
// (emit/plan/square_shape.hpp), while its error is little above the least of that degree, where q
// alone, squared, is well above.
//
// Gauss-Newton steps in double: the change of q and r is the best approximation of the linearised
// problem on points (generator/classical/on_points.hpp), halved as long as the largest error on the
// points grows. A local optimum; nothing is proved here.
#pragma once

#include <optional>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct SquareAndRestRequest {
  MinimaxRequest problem;  // on one interval, without conditions; its degree is not looked at
  ChebyshevSeries root;    // where q starts, on the basis of the result
  int rest_degree = 0;     // of r, below that of q
};

struct SquareAndRest {
  /// q^2 + r, exactly: q and r have few enough bits that every coefficient is binary64.
  ChebyshevSeries polynomial;
  double error = 0;  // the largest weighted error on the points, before q and r are rounded
};

/// None where the linearised problem is singular, or the coefficients are not finite. Throws
/// std::invalid_argument when the request breaks a rule above.
[[nodiscard]] std::optional<SquareAndRest> square_and_rest(const SquareAndRestRequest& request);

}  // namespace equiripple
