// Every composition of a class, one after the other: the slow way to the best degrees.
#pragma once

#include <vector>

#include "generator/search/composite_search.hpp"

namespace equiripple::test {

/// All sequences of up to `stages` odd degrees from 3 to max_degree, each stage evaluated in every
/// way that the costs offer. The error is not set.
std::vector<Composition> all_compositions(const StageCosts& costs, int stages, int max_degree,
                                          bool times_x);

/// The error of sign, each stage solved in double on the range of the one before.
double error_on_gap(const std::vector<int>& degrees, double gap, double margin);

/// The undominated ones by two costs: ascending levels.
std::vector<FoundComposition> undominated(std::vector<FoundComposition> found, bool by_latency);

}  // namespace equiripple::test
