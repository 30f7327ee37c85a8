// The smallest degree for an error.
#pragma once

#include <optional>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct DegreeSearch {
  bool found = false;
  int degree = 0;           // the smallest that reaches the error; else the highest that was tried
  Rational smallest_error;  // lower bound of the error at that degree
  std::optional<int> gave_up{};  // where found, the degree before it, else the highest, if the
                                 // exchange gave up there: a lower degree may then do
};

/// The smallest degree, up to `highest`, at which the minimax error is at most `error`;
/// request.degree is ignored. The error falls with the degree: degrees are doubled, then bisected.
/// Degrees that the parity rules out are not tried. Where about which degree it is is known, the
/// search begins at `expected`: it finds the same, with fewer solves.
[[nodiscard]] DegreeSearch smallest_degree(MinimaxRequest request, const Rational& error,
                                           int highest, int expected = 0);

}  // namespace equiripple
