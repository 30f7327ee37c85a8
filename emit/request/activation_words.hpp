// The words of a request for an activation in its cheapest form, checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Fails with wrong_request.
[[nodiscard]] SteppedRequest activation_request(const GivenOptions& given);

}  // namespace equiripple
