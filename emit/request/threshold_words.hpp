// The words of requests for functions that take two values: thresholds and indicators, checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Whether sign, step or compare is asked for with a threshold.
[[nodiscard]] bool has_threshold(const GivenOptions& given);

/// Of sign, step or compare. Fails with wrong_request.
[[nodiscard]] SteppedRequest threshold_request(Kind kind, const GivenOptions& given);

/// Fails with wrong_request.
[[nodiscard]] SteppedRequest indicator_request(const GivenOptions& given);

}  // namespace equiripple
