// Numbers lambda_i with sum lambda_i q(u_i) = 0 for all q of a class: what de la Vallee Poussin's
// bound is made of.
#pragma once

#include <optional>
#include <vector>

#include "generator/exchange/problem.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {

/// Over factor(x_i), for p = factor q of the request's class, to about `bits`; `points` are
/// reference_size(request) of them. Empty where the precision does not suffice.
[[nodiscard]] std::optional<std::vector<Ball>> annihilator(const MinimaxRequest& request,
                                                           const std::vector<Rational>& points,
                                                           slong bits);

}  // namespace equiripple
