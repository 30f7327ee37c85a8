// A single minimax polynomial as an artifact.
#pragma once

#include <string>

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct MadePolynomial {
  Artifact artifact;
  std::string remark{};  // on the degree, where there is something to say
};

[[nodiscard]] Outcome<MadePolynomial> make_polynomial(const PolynomialRequest& request,
                                                      const Identity& identity);

}  // namespace equiripple
