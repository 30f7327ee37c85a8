// The words of a request for 1/x, 1/sqrt(x) or sqrt(x), checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Fails with wrong_request.
[[nodiscard]] CorrectionRequest correction_request(Kind kind, const GivenOptions& given);

}  // namespace equiripple
