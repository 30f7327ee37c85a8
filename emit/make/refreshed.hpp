// Compositions of sign, and what is built on them, that are refreshed between stages.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// The request has `refresh`. Where the levels of the input suffice, what is made without; else
/// degrees, where none are given, and the places of refreshes are searched for the least latency,
/// those of the refreshes counted (of --minimise levels and key-switches: for the fewest refreshes,
/// then the least latency). A refusal says what can be met.
[[nodiscard]] Outcome<Artifact> make_refreshed(const SignRequest& request,
                                               const Identity& identity);

/// What the refreshes of the artifact cost, and the best choices that refresh less or more often,
/// or elsewhere: a line each, by the curves of the search. Empty where nothing is refreshed.
[[nodiscard]] std::string describe_refresh_choices(const SignRequest& request,
                                                   const Artifact& artifact);

}  // namespace equiripple
