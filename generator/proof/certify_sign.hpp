// What is proved of a composition of stages as a whole; each stage is proved by certify().
#pragma once

#include "generator/proof/certify.hpp"
#include "generator/proof/composite_curve.hpp"

namespace equiripple {

/// Encloses max |x| |P(x) - sign(x)| / (2 range) over |x| <= range. lower = attained, since no
/// better bound of compositions is known.
[[nodiscard]] Certificate certify_relu(const CompositeClaim& claim,
                                       int tightness_log2 = default_tightness_log2);

/// Whether that stays at or below `limit`, as certify_limit().
[[nodiscard]] Certificate certify_relu_limit(const CompositeClaim& claim, const Rational& limit);

/// A point x of [gap_end, range] at which |P(x) - 1| exceeds `limit`: then error.attained does,
/// too. Where none is found, `holds` tells whether there is none for sure.
[[nodiscard]] Certificate certify_sign_limit(const CompositeClaim& claim, const Rational& limit);

/// Encloses max |P(x) - sign(x)| over gap_end <= |x| <= range: upper is last_error.
[[nodiscard]] ErrorEnclosure certify_sign(const CompositeClaim& claim);

}  // namespace equiripple
