// What the polynomial must be, whatever the function is: --through, --leading and --powers.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// The points of the domain where --through, --powers or an odd parity give the polynomial. Fails
/// with wrong_request.
[[nodiscard]] std::vector<PointCondition> points_in_words(const GivenOptions& given,
                                                          const Expression& function,
                                                          const Domain& domain);

/// Where the polynomial of the request is 0 in the domain by --through, --powers or as an odd one.
/// Fails with wrong_request.
[[nodiscard]] std::vector<PointCondition> zeros_in_words(const GivenOptions& given,
                                                         const Expression& function,
                                                         const Domain& domain);

/// Conditions, parity and, of --powers, the degree of a request that has its problem and all other
/// words. Fails with wrong_request.
void apply_conditions(const GivenOptions& given, PolynomialRequest& request);

}  // namespace equiripple
