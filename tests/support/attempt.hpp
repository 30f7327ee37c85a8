// A random problem from words to a proof, as the command goes: is the function smooth, the weight
// positive; solve, round, prove; a feature that the proof finds and the exchange overlooked is
// given back to it.
#pragma once

#include <string>

#include "generator/exchange/minimax.hpp"
#include "generator/proof/certify.hpp"
#include "tests/support/random_problem.hpp"

namespace equiripple::test {

struct Solved {
  MinimaxRequest request{};
  MinimaxResult result{};
  ChebyshevSeries stored{};
  MinimaxRequest stored_request{};  // on the domain rounded outward
  Certificate proof{};
};

struct Outcome {
  std::string name{};       // of the status: what a user would be told
  std::string complaint{};  // what is wrong with it; empty where nothing is
  Solved solved{};          // as far as it came
};

/// What is wrong with the proved enclosure of the error of a solution; empty where nothing is.
[[nodiscard]] std::string complaint_about(const Solved& one);

[[nodiscard]] Outcome attempt(const RandomProblem& problem);

}  // namespace equiripple::test
