// What is asked of one polynomial, its degree or its error, how its coefficients are stored and how
// sharply it is proved: options that several commands share.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// request.plan comes first: a budget of levels can stand for a degree. Fails with wrong_request.
void apply(const GivenOptions& given, PolynomialRequest& request);

}  // namespace equiripple
