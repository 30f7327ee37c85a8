// What a program computes, exactly: every value as a Chebyshev series in its stage's variable.
#pragma once

#include <vector>

#include "emit/plan/program.hpp"
#include "generator/numbers/dyadic.hpp"

namespace equiripple {

struct Expansion {
  /// A value's coefficients of T_0, T_1, ... in the variable of its stage; of what multiplies the
  /// input where it is a multiple of that, as in ReLU. Empty for what is neither.
  std::vector<std::vector<Dyadic>> values;
  Rational growth;  // the largest sum of |scalar| * bound(operands), rounded up to binary64
};

/// Exactly, with the scalars as they are stored: they are binary floating-point numbers.
[[nodiscard]] Expansion expand(const std::vector<Instruction>& program);

}  // namespace equiripple
