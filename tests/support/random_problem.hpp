// Problems that nobody would think of: functions composed at random from the whole grammar, on
// domains that are wide, tiny, far, in pieces, or touch. Most are harmless, some make no sense.
#pragma once

#include <string>

#include "generator/exchange/minimax.hpp"
#include "tests/support/random.hpp"

namespace equiripple::test {

struct RandomProblem {
  std::string function;
  std::string weight;  // "1" where there is none
  std::string domain;  // as test::domain() reads it
  int degree = 0;
  Parity parity = Parity::none;

  /// In one line, for a failed test.
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] RandomProblem random_problem(Random& random);

/// A composition of `depth` levels; `x` is what stands for the variable.
[[nodiscard]] std::string random_function(Random& random, int depth, const std::string& x);

}  // namespace equiripple::test
