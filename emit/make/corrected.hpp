// 1/x, 1/sqrt(x) and sqrt(x): a minimax start and its corrections as an artifact.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// The settings for the start alone: of the budget what its corrections leave, and limits that
/// suit the size of its values.
[[nodiscard]] PlanSettings start_settings(const CorrectionRequest& request, int corrections);

/// Of the given degree and corrections, proved and planned; whether it meets the error and the
/// budgets is for the caller to see. Where request.refresh is there the start is refreshed, and it
/// fits into the levels.
[[nodiscard]] Outcome<Artifact> compose_corrected(const CorrectionRequest& request, int degree,
                                                  int corrections, const Identity& identity);

/// With what is not given searched.
[[nodiscard]] Outcome<Artifact> make_corrected(const CorrectionRequest& request,
                                               const Identity& identity);

}  // namespace equiripple
