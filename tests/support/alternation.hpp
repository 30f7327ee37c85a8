// An independent check of optimality: does the error of a polynomial alternate?
//
// Chebyshev's theorem: p of n + 1 free coefficients is best if and only if the weighted error takes
// its largest size with alternating sign at n + 2 points. Only the function, the polynomial and the
// points go in, evaluated in 512 bits or twice those of the result; nothing of the exchange.
#pragma once

#include <string>

#include "generator/exchange/minimax.hpp"

namespace equiripple::test {

struct AlternationCheck {
  bool ok = false;
  std::string why;
};

/// The signs alternate over result.reference, every size agrees with the others to
/// 2^-`bits`, no sample between them is larger, and there are as many points as the class needs.
AlternationCheck check_alternation(const MinimaxRequest& request, const MinimaxResult& result,
                                   int bits = 80);

}  // namespace equiripple::test
