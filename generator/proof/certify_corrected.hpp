// What is proved of corrections and their start as a whole; the start is proved by certify().
#pragma once

#include "generator/exchange/minimax.hpp"
#include "generator/iteration/corrections.hpp"

namespace equiripple {

struct CorrectedClaim {
  CorrectionMap map = CorrectionMap::inverse;
  CorrectionScalars scalars{};
  ChebyshevSeries start{};
  Rational start_error{};  // a proved bound of the start's relative error, below 1
  Interval domain{};       // of the start; lower > 0
};

/// Of the relative error of the result, rounded outward. `attained` is at an end of the domain,
/// where the error of a start is largest and every map sends its largest; lower = attained, since
/// no better bound of iterations is known.
[[nodiscard]] ErrorEnclosure certify_corrected(const CorrectedClaim& claim);

}  // namespace equiripple
