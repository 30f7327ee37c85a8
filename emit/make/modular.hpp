// sin(2 pi x) near the integers as a cosine whose angle is doubled; x minus its nearest integer as
// an arcsine of that, or as one polynomial.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

[[nodiscard]] Outcome<SteppedChoice> make_modular(const SteppedRequest& request,
                                                  const Identity& identity);

}  // namespace equiripple
