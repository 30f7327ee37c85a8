// From the words of a request to a minimax problem that can be solved and proved.
#pragma once

#include <optional>
#include <string>

#include "emit/failure.hpp"
#include "emit/kind.hpp"
#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// The weight in words: one of them, or neither.
struct WeightChoice {
  std::string expression;  // of --weight
  bool relative = false;   // --relative: 1 / |function|
};

[[nodiscard]] Metric metric_of(const WeightChoice& choice);

/// The problem with its weight and kinks. A wrong request where the function or the weight is not
/// continuous on the domain as it will be stored, or the weight not positive.
/// `given_at`: where the polynomial is 0, with which a relative error allows the function to be; or
/// where it is given at all, which allows a weight to be 0.
[[nodiscard]] Outcome<MinimaxRequest> problem_of(const Expression& function,
                                                 const WeightChoice& choice, const Domain& domain,
                                                 const std::vector<PointCondition>& given_at = {});

/// The parity in the words of --parity: `auto` takes what function, weight and domain have.
[[nodiscard]] Parity parity_of_problem(const std::string& word, const MinimaxRequest& problem);

}  // namespace equiripple
