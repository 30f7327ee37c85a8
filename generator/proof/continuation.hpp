// An expression continued from a piece of the real axis into the complex plane.
#pragma once

#include <vector>

#include "generator/function/expression.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {

/// The analytic function that agrees with the expression on a piece of the real axis: |g| is g or
/// -g there, floor(g) a number, a selection one of its branches. Where the piece does not decide
/// which, there is none: its values are not finite.
class Continuation {
 public:
  /// `piece` holds the real arguments that decide.
  Continuation(const Expression& expression, const Ball& piece);

  /// Encloses the values on a box of complex arguments that touches the piece; not finite where the
  /// function is not known to be analytic on all of the box.
  [[nodiscard]] ComplexBall operator()(const ComplexBall& box) const;

 private:
  const Expression* expression_;
  std::vector<Ball> decisions_;  // for each node 1 or -1, or its floor; not finite where open
};

}  // namespace equiripple
