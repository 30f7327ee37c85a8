// What each stage of a function of steps is the best polynomial for.
#pragma once

#include <optional>
#include <string>

#include "emit/artifact.hpp"
#include "emit/request/requests.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

struct StageProblem {
  MinimaxRequest problem;  // without a degree; on the domain that was asked for
  Metric metric = Metric::absolute;
};

/// A given polynomial that is written as an even power: that as a function of steps. None of
/// others.
[[nodiscard]] std::optional<SteppedRequest> power_request(const ApproximationRequest& request);

/// The request that an artifact records: of steps where it is evaluated by them.
[[nodiscard]] Outcome<PosedRequest> posed_of(const Artifact& artifact);

/// What the recorded request asks of the plan, but for the costs of a table, which are not
/// recorded. As if nothing were asked where the record is no request: a file is described before it
/// is verified.
[[nodiscard]] PlanSettings settings_of(const Artifact& artifact);

/// What is not the form of the request's functions; empty where the steps are. `degrees` of the
/// stages.
[[nodiscard]] std::string defect_of_form(const SteppedRequest& request, const Steps& steps,
                                         const std::vector<int>& degrees);

/// Of the stage `index`, from 0, of steps in the form of the request. The domain of a later stage
/// is not known here: it follows from the range of the one before. `degrees` of the stages say
/// which powers those of a refreshed exp are; else they may be left out.
[[nodiscard]] StageProblem problem_of_stage(const SteppedRequest& request, const Steps& steps,
                                            std::size_t index,
                                            const std::vector<int>& degrees = {});

}  // namespace equiripple
