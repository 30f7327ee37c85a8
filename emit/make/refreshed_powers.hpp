// exp by a polynomial and powers of its value, refreshed in between.
//
// p(x) is near exp(x / M) and the powers that follow, v^m with m a power of two, make M. Before at
// least one of them the value is refreshed. What that adds comes out about M' times as large, M'
// being what the powers after it make: so the powers after a refresh are small, and what the search
// weighs is noise against degrees and levels.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

/// The forms of a request for exp that has `refresh`: those with the fewest refreshes, and of them
/// the least noise, first. Or why there are none.
[[nodiscard]] Outcome<std::vector<StepForm>> refreshed_exponentials(const SteppedRequest& request);

}  // namespace equiripple
