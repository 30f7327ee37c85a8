// The gap that suits ReLU: where the error inside the gap and the error outside it balance.
//
// For ReLU, max and |x| the error is |x| |P(x) - sign(x)| / 2 over all |x| <= range. A smaller gap
// lets the error outside grow, a larger one the error inside, where the composition only begins
// to rise. The minimum is searched over gaps of gap_mantissa_bits significant bits: first in
// double, then among the neighbours of its answer with the stages as they will be stored, so that
// the choice does not depend on how double was rounded.
#pragma once

#include <vector>

#include "generator/proof/certify_sign.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {

inline constexpr int gap_mantissa_bits = 12;  // chosen: costs less than 2^-11 of the error

struct ReluSign {
  CompositeSign sign;
  Rational gap;
  ErrorEnclosure error;  // of max |x| |P(x) - sign(x)| / 2 over |x| <= range, divided by the range
};

/// The composition of request.gap with that error proved.
[[nodiscard]] ReluSign proved_relu(const CompositeRequest& request);

/// What there is to prove of a composition that computes `stages` (the stored ones, or those of a
/// program) within the errors of sign.stages.
[[nodiscard]] CompositeClaim claim_of(const CompositeSign& sign,
                                      const std::vector<ChebyshevSeries>& stages,
                                      const Rational& range);

/// The error of ReLU of what computes `stages`, likewise: with the noise of refreshes where `sign`
/// has such.
[[nodiscard]] Certificate certify_relu_of(const CompositeSign& sign,
                                          const std::vector<ChebyshevSeries>& stages,
                                          const Rational& range);

/// max |x| |P(x) - sign(x)| / (2 range) over |x| <= range, measured; with the noise that is worst.
[[nodiscard]] ErrorEnclosure measure_relu(const CompositeSign& sign, const Rational& gap,
                                          const Rational& range);

/// The composition whose gap makes that error smallest; proved unless request.evidence is measured.
/// request.gap is ignored; request.margin is used where `default_margins` is false.
[[nodiscard]] ReluSign composite_for_relu(CompositeRequest request, bool default_margins);

}  // namespace equiripple
