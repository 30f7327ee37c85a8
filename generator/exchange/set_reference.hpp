// The best start for what double does not resolve: where the Chebyshev polynomial of the domain
// itself alternates.
#pragma once

#include <vector>

#include "generator/exchange/problem.hpp"

namespace equiripple {

/// The reference of the smallest weighted polynomial of one degree more and leading coefficient 1,
/// nearly. The error of a smooth target of high degree is nearly a multiple of it. From a reference
/// that is well spread, as Leja points are.
[[nodiscard]] std::vector<double> reference_of_the_set(const Problem<double>& problem,
                                                       std::vector<double> reference);

}  // namespace equiripple
