// Polynomials by methods other than minimax, with the same proofs and plans: what papers on
// encrypted inference use, or a polynomial that is given.
#pragma once

#include <string>

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"
#include "generator/classical/classical.hpp"

namespace equiripple {

/// The method's polynomial, before it is rounded: for the request's domain. A table stands on its
/// own interval where that holds the domain.
[[nodiscard]] ClassicalResult classical_polynomial(const ApproximationRequest& request);

struct MadeApproximation {
  Artifact artifact;
  std::string remark{};  // beside it, where there is something to say
  std::string tried{};   // other forms of it, a line each
};

[[nodiscard]] Outcome<MadeApproximation> make_approximation(const ApproximationRequest& request,
                                                            const Identity& identity);

}  // namespace equiripple
