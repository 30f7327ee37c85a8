// One input, and many, by the ways that there are to use the cores: wall time beside process time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "contest.hpp"

namespace equiripple::bench {

/// A way to evaluate one input, or all.
struct Way {
  std::string name;
  std::function<void()> run;
};

/// Runs them in turn, `repeats` times after one run that is not timed, and prints a row of a table
/// for each: median and least wall time, and median process time, in milliseconds.
void time_ways(const std::string& library, const std::vector<Way>& ways, int repeats);

/// ReLU {15,15,27} for one input and for so many, on each library that the benchmark was built
/// with.
void openfhe_ways(const Parameters& parameters, int inputs);
void seal_ways(const Parameters& parameters, int inputs);

}  // namespace equiripple::bench
