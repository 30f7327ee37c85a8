// Relative errors where function and polynomial are both 0: (f - p) / f is that of f / z and p / z,
// z = prod (x - X_i)^m_i, with f / z continued.
#pragma once

#include <optional>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// The function over its zeros at these points, as often as it vanishes there; empty where it does
/// not for sure at one of them, or more often than conditions say.
struct OverZeros {
  Expression quotient;
  std::vector<Rational> zeros;  // repeated
};
[[nodiscard]] std::optional<OverZeros> over_zeros(const Expression& function,
                                                  const std::vector<PointCondition>& zeros);

/// The conditions of the request under which the relative error is 0/0: those with the value 0 in
/// the domain, where the target has it, too.
[[nodiscard]] std::vector<PointCondition> zeros_of(const MinimaxRequest& request);

/// A request without zeros, and the polynomial that has the same relative error there. Empty where
/// the polynomial is not 0 at a zero of the function.
struct WithoutZeros {
  MinimaxRequest request;
  ChebyshevSeries polynomial;
};
[[nodiscard]] std::optional<WithoutZeros> without_zeros(const MinimaxRequest& request,
                                                        const ChebyshevSeries& polynomial);

/// 1 / |f|.
[[nodiscard]] Expression reciprocal_size(const Expression& function);

}  // namespace equiripple
