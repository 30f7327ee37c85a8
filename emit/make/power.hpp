// A given power of a polynomial, (1 + x/128)^128: a polynomial that is squared again and again.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

/// The power as given: of all numbers of squarings, at least one, the cheapest.
[[nodiscard]] Outcome<SteppedChoice> make_power(const SteppedRequest& request,
                                                const Identity& identity);

}  // namespace equiripple
