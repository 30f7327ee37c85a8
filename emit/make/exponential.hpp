// exp: one polynomial, or a polynomial that is squared.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

[[nodiscard]] Outcome<SteppedChoice> make_exponential(const SteppedRequest& request,
                                                      const Identity& identity);

}  // namespace equiripple
