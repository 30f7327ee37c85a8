#include "generator/proof/certify_corrected.hpp"

#include "generator/exchange/measure.hpp"

namespace equiripple {

CorrectedError largest_at_ends(CorrectionMap map, const CorrectionScalars& scalars,
                               const ChebyshevSeries& start, const Domain& domain) {
  CorrectedError largest{.at = domain.front().lower, .size = 0};
  for (const Interval& interval : domain) {
    for (const Rational& x : {interval.lower, interval.upper}) {
      const Rational size = error_after(map, scalars, start, x);
      if (size > largest.size) largest = {.at = x, .size = size};
    }
  }
  return largest;
}

ErrorEnclosure certify_corrected(const CorrectedClaim& claim) {
  const Rational attained =
      largest_at_ends(claim.map, claim.scalars, claim.start, claim.domain).size;
  return rounded_outward(
      ErrorEnclosure{.lower = attained,
                     .attained = attained,
                     .upper = bound_after(claim.map, claim.scalars, claim.start_error),
                     .evidence = Evidence::proved});
}

}  // namespace equiripple
