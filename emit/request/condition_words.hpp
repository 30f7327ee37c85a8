// What the polynomial must be, whatever the function is: --through, --leading and --powers.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Conditions, parity and, of --powers, the degree of a request that has its problem and all other
/// words. Fails with wrong_request.
void apply_conditions(const GivenOptions& given, PolynomialRequest& request);

}  // namespace equiripple
