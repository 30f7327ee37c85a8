// |x| by one even polynomial, and ReLU by half of it and x / 2: direct, without a sign.
#pragma once

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// |x| on [-range, range] by an even polynomial; of an even degree from 2.
[[nodiscard]] MinimaxRequest abs_problem(const Rational& range, int degree);

/// max(x, 0) there, by (x + q(x)) / 2 where q is even: the best polynomial of ReLU is that of the
/// best q for |x|.
[[nodiscard]] MinimaxRequest relu_problem(const Rational& range, int degree);

/// (x + q(x)) / 2 and 2 p(x) - x: exactly, and each the inverse of the other.
[[nodiscard]] ChebyshevSeries relu_of_abs(ChebyshevSeries q);
[[nodiscard]] ChebyshevSeries abs_of_relu(ChebyshevSeries p);

}  // namespace equiripple
