// Modular reduction for bootstrapping: what the words of `mod1` mean as a problem.
//
// x mod 1 near the integers is sin(2 pi x) / (2 pi); bootstrapping approximates the cosine
// cos(2 pi (x - 1/4) / 2^r) near the integers only and doubles the angle r times.
#pragma once

#include <string>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct Mod1Words {
  std::string range;         // K: integers i with |i| < K
  std::string width;         // of the intervals [i - width, i + width]
  std::string double_angle;  // r
};

/// Fails with wrong_request.
[[nodiscard]] MinimaxRequest mod1_problem(const Mod1Words& words);

}  // namespace equiripple
