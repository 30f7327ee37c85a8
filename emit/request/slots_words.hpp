// softmax, rmsnorm, layernorm, argmax and largest: from words to a request.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Fails with wrong_request.
[[nodiscard]] SlotsRequest slots_request(Kind kind, const GivenOptions& given);

}  // namespace equiripple
