// ReLU and its kin by one polynomial of the function itself.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Of a request that is_direct().
[[nodiscard]] Outcome<Artifact> direct_artifact(const SignRequest& request,
                                                const Identity& identity);

}  // namespace equiripple
