// The words of a function that is given piece by piece.
#pragma once

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// One function of all pieces, between which nothing is claimed where they do not touch. Fails with
/// wrong_request, also where pieces that touch do not meet.
[[nodiscard]] SteppedRequest piecewise_request(const GivenOptions& given);

}  // namespace equiripple
