// One stage of sign as a minimax problem.
#pragma once

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// sign on [-upper, -lower] u [lower, upper] by an odd polynomial; 0 < lower < upper.
inline MinimaxRequest sign_problem(const Rational& lower, const Rational& upper, int degree) {
  static const Expression sign(
      {{.operation = Operation::variable}, {.operation = Operation::sign, .left = 0}}, "sign(x)");
  return {.target = sign,
          .domain = {{-upper, -lower}, {lower, upper}},
          .degree = degree,
          .parity = Parity::odd,
          .feature_samples = 0};  // a constant has no features
}

}  // namespace equiripple
