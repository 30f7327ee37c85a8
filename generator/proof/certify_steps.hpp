// What is proved of a function made of steps, from its input to its result.
#pragma once

#include "generator/proof/certify.hpp"
#include "generator/proof/step_curve.hpp"

namespace equiripple {

/// Encloses max weight |f - F| over the domain. lower = attained: no better bound of functions of
/// several steps is known. A bound that is known is upper; then attained is looked for a while. At
/// `reference`, where it is in the domain, the error is looked at first.
[[nodiscard]] Certificate certify_steps(const StepClaim& claim,
                                        const std::vector<Rational>& reference = {},
                                        int tightness_log2 = default_tightness_log2);

/// Whether that stays at or below `limit`, as certify_limit().
[[nodiscard]] Certificate certify_steps_limit(const StepClaim& claim, const Rational& limit);

/// Whether the size of what the steps make stays at or below `bound` on the domain; of the
/// polynomials they may use some.
[[nodiscard]] Certificate certify_steps_size(const Steps& steps,
                                             const std::vector<ChebyshevSeries>& polynomials,
                                             const Domain& domain, const Rational& bound);

}  // namespace equiripple
