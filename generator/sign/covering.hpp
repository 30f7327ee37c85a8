// A composite sign whose stages are computed by a program with scalars of its own, rounded afresh.
#pragma once

#include <vector>

#include "generator/sign/composite.hpp"

namespace equiripple {

/// A range that reaches beyond the domain of the stage after it.
struct Escape {
  int stage = 0;    // from 1; 0: none does
  Rational by = 0;  // so far
};

struct CoveredSign {
  CompositeSign sign;  // errors and ranges hold for the stages and for `computed`
  Escape escape{};     // the first one, where there is one: nothing is claimed then
};

/// `computed` has one polynomial for each stage, on its basis; `sign` is complete.
[[nodiscard]] CoveredSign covering(CompositeSign sign,
                                   const std::vector<ChebyshevSeries>& computed);

}  // namespace equiripple
