// A single minimax polynomial as an artifact.
#pragma once

#include <string>

#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct MadePolynomial {
  Artifact artifact;
  std::string remark{};  // on the degree, where there is something to say
};

/// Fails with wrong_request or cannot_be_met.
[[nodiscard]] MadePolynomial make_polynomial(const PolynomialRequest& request,
                                             const Identity& identity);

}  // namespace equiripple
