// An expression continued from a piece of the real axis into the complex plane.
#pragma once

#include <optional>
#include <vector>

#include "generator/function/expression.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {

/// The analytic function that agrees with the expression on a piece of the real axis: |g| is g or
/// -g there, sign(g) is 1 or -1. There is none where a piece does not decide which.
class Continuation {
 public:
  /// `piece` holds the real arguments that decide.
  static std::optional<Continuation> from(const Expression& expression, const Ball& piece);

  /// Encloses the values on a box of complex arguments that touches the piece; not finite where the
  /// function is not known to be analytic on all of the box.
  [[nodiscard]] ComplexBall operator()(const ComplexBall& box) const;

 private:
  explicit Continuation(const Expression& expression) : expression_(&expression) {}

  const Expression* expression_;
  std::vector<int> signs_;  // of the arguments of abs and sign, a place for each node
};

}  // namespace equiripple
