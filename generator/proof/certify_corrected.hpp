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
  Domain domain{};         // of the start; without 0, and for roots above it
};

/// The end of the domain where the error of the result is largest.
struct CorrectedError {
  Rational at;
  Rational size;
};

[[nodiscard]] CorrectedError largest_at_ends(CorrectionMap map, const CorrectionScalars& scalars,
                                             const ChebyshevSeries& start, const Domain& domain);

/// Of the relative error of the result, rounded outward. `attained` is at an end of the domain,
/// where the error of a start is largest and every map sends its largest; lower = attained, since
/// no better bound of iterations is known.
[[nodiscard]] ErrorEnclosure certify_corrected(const CorrectedClaim& claim);

}  // namespace equiripple
