// An activation on a wide range: one polynomial, or folds and a polynomial for what they leave.
#pragma once

#include "emit/make/stepped.hpp"

namespace equiripple {

/// Of both forms, those with folds for several cores and errors of the folds, the first choice by
/// request.plan.objective.
[[nodiscard]] Outcome<SteppedChoice> make_folded(const SteppedRequest& request,
                                                 const Identity& identity);

}  // namespace equiripple
