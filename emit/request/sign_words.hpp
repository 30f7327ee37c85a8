// The words of a request for sign or what is built on it, checked.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// `prices_everything`: --model and --level-price serve whatever is minimised. Fails with
/// wrong_request.
[[nodiscard]] SignRequest sign_request(Kind kind, const GivenOptions& given,
                                       bool prices_everything = false);

}  // namespace equiripple
