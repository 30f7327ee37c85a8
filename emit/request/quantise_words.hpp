// The words of a function that takes one of a few values.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// The value nearest to x, but within the gap of the middle between two of them. Fails with
/// wrong_request.
[[nodiscard]] SteppedRequest quantise_request(const GivenOptions& given);

}  // namespace equiripple
