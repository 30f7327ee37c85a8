// Sign by composition, and the functions built on it, as artifacts.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"
#include "generator/sign/gap.hpp"

namespace equiripple {

/// What is not given is searched.
[[nodiscard]] Outcome<Artifact> make_sign(const SignRequest& request, const Identity& identity);

/// The composition of given degrees, its gap, and for ReLU and its kin the error over the gap;
/// whether it is complete is in its status.
[[nodiscard]] ReluSign solve_sign(const SignRequest& request, Evidence evidence);

/// The noise of the refreshes that are decided on, before each stage; empty where there are none.
[[nodiscard]] std::vector<Rational> noise_before(const SignRequest& request);

/// Of given degrees or published stages; or of one even degree, the function itself.
[[nodiscard]] Outcome<Artifact> compose_sign(const SignRequest& request, const Identity& identity);

}  // namespace equiripple
