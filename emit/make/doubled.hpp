// sin(2 pi x) near the integers as a cosine whose angle is doubled.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

[[nodiscard]] Outcome<SteppedChoice> make_doubled(const SteppedRequest& request,
                                                  const Identity& identity);

}  // namespace equiripple
