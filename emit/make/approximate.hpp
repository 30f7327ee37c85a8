// Polynomials by methods other than minimax, with the same proofs and plans: what papers on
// encrypted inference use, or a polynomial that is given.
#pragma once

#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"
#include "generator/classical/classical.hpp"

namespace equiripple {

/// The method's polynomial, before it is rounded.
[[nodiscard]] ClassicalResult classical_polynomial(const ApproximationRequest& request);

/// Fails with wrong_request or cannot_be_met.
[[nodiscard]] Artifact make_approximation(const ApproximationRequest& request,
                                          const Identity& identity);

}  // namespace equiripple
