// The words of a request for exp, checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Fails with wrong_request.
[[nodiscard]] SteppedRequest exponential_request(const GivenOptions& given);

}  // namespace equiripple
