// When a program computes its values: as late as their uses allow.
//
// An operation costs by the primes that are left where it is done, a key switch by their square,
// and what is read several levels down can as well be computed there, of operands dropped first.
// Results and counts stay the same.
#pragma once

#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// The same program, the last value at the same depth, each other one at the greatest at which its
/// uses find it: not past the next stage, where a refresh may come between, and but for what is
/// read off inputs alone. Drops are placed anew.
[[nodiscard]] std::vector<Instruction> computed_late(const std::vector<Instruction>& program);

}  // namespace equiripple
