// The exchange in double alone: what a search over many problems can afford. Good to about 2^-20;
// never a result.
#pragma once

#include <memory>
#include <optional>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

class CoarseMinimax {
 public:
  /// Empty where double does not resolve the error.
  static std::optional<CoarseMinimax> solve(const MinimaxRequest& request);

  double error() const;
  double operator()(double x) const;  // p(x), also outside the domain

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace equiripple
