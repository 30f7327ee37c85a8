// Pieces joined by stages of sign: the forms of generator/steps/joined.hpp for a request of pieces.
#pragma once

#include <vector>

#include "emit/make/stepped.hpp"

namespace equiripple {

/// Those that promise most; or one form that says why there is none. Nothing for what is given in
/// one piece.
[[nodiscard]] std::vector<StepForm> joined_forms(const SteppedRequest& request);

}  // namespace equiripple
