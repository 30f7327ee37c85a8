// The nearest of several values: one polynomial, or a first one and what cleans up after it.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

/// Tries both and takes the cheapest.
[[nodiscard]] Outcome<SteppedChoice> make_quantised(const SteppedRequest& request,
                                                    const Identity& identity);

}  // namespace equiripple
