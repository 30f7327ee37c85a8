// The exchange in double alone: what a search over many problems can afford. Good to about 2^-20;
// never a result.
#pragma once

#include <memory>
#include <optional>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct CoarseAnswer;

class CoarseMinimax {
 public:
  /// Empty where double does not resolve the error.
  static std::optional<CoarseMinimax> solve(const MinimaxRequest& request);

  /// The same, and what is known of the error in any case.
  static CoarseAnswer look(const MinimaxRequest& request);

  double error() const;
  double operator()(double x) const;  // p(x), also outside the domain

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

struct CoarseAnswer {
  std::optional<CoarseMinimax> solution{};
  double at_least = 0;  // the error of the best polynomial: the level of the last reference
};

}  // namespace equiripple
