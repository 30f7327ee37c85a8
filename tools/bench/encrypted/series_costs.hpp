// What OpenFHE's EvalChebyshevSeries takes, by the model of it. Apart: the planner's numbers and
// the library together take a compiler most of a gigabyte.
#pragma once

#include "subject.hpp"

namespace equiripple::bench {

/// Key switches for the stages of a subject, one after another, and the product with x after them.
[[nodiscard]] int key_switches_of_series(const Subject& subject);

}  // namespace equiripple::bench
