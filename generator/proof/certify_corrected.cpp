#include "generator/proof/certify_corrected.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"

namespace equiripple {

ErrorEnclosure certify_corrected(const CorrectedClaim& claim) {
  Rational attained = 0;
  for (const Rational& x : {claim.domain.lower, claim.domain.upper}) {
    attained = std::max(attained, error_after(claim.map, claim.scalars, claim.start, x));
  }
  return rounded_outward(
      ErrorEnclosure{.lower = attained,
                     .attained = attained,
                     .upper = bound_after(claim.map, claim.scalars, claim.start_error),
                     .evidence = Evidence::proved});
}

}  // namespace equiripple
