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

/// Of the stages that are given; none where they are searched.
[[nodiscard]] std::vector<int> degrees_of(const SignRequest& request);

/// The noise of the refreshes that are decided on, before each stage; empty where there are none.
[[nodiscard]] std::vector<Rational> noise_before(const SignRequest& request);

/// Whether the input is one of them.
[[nodiscard]] bool refreshes_input(const SignRequest& request);

/// So far the input reaches then, noise included: the first stage is made for that. Else the range.
[[nodiscard]] Rational reach_of_input(const SignRequest& request);

/// The gap that the noise leaves to the first stage, as a part of that reach; 0 or below where it
/// leaves none. The gap that was asked for is given. Where the gap counts, it is the same.
[[nodiscard]] Rational gap_of_input(const SignRequest& request);

/// Of given degrees or published stages; or of one even degree, the function itself.
[[nodiscard]] Outcome<Artifact> compose_sign(const SignRequest& request, const Identity& identity);

}  // namespace equiripple
