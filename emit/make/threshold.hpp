// Thresholds and indicators: one polynomial, or a polynomial that separates the two values and
// stages of sign that clean up what it leaves.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

[[nodiscard]] Outcome<SteppedChoice> make_threshold(const SteppedRequest& request,
                                                    const Identity& identity);

}  // namespace equiripple
