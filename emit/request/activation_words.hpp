// The words of a request for an activation in its cheapest form, checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// --error of a function that may be made of folds. Fails with wrong_request.
[[nodiscard]] Rational error_of_folds(const GivenOptions& given);

/// A function that may be made of folds, with the options that all such commands have. Likewise.
[[nodiscard]] SteppedRequest folded_request(const GivenOptions& given, const Rational& error,
                                            const Expression& function, const Domain& domain);

/// Likewise.
[[nodiscard]] SteppedRequest activation_request(const GivenOptions& given);

}  // namespace equiripple
