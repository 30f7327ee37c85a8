// exp: one polynomial, or a polynomial that is squared.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

/// Fails with cannot_be_met or wrong_request.
[[nodiscard]] SteppedChoice make_exponential(const SteppedRequest& request,
                                             const Identity& identity);

}  // namespace equiripple
