// The words of a request for a polynomial by another method than minimax, checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Fails with wrong_request.
[[nodiscard]] ApproximationRequest approximation_request(const GivenOptions& words);

}  // namespace equiripple
