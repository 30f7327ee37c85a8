// The costs of stages, from the planner, as the search over degrees takes them.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "emit/plan/settings.hpp"
#include "emit/plan/stage_profile.hpp"
#include "generator/search/stage_option.hpp"

namespace equiripple {

inline constexpr std::array<StageForm, 4> every_stage_form = {
    StageForm::series, StageForm::times_x, StageForm::alone, StageForm::alone_exactly};

/// The stage that stands for those of this degree and width; none where its error is below what any
/// stage is asked for.
[[nodiscard]] std::optional<ChebyshevSeries> nominal_stage(int degree, StageWidth width);

/// Plans the stage that stands for those of this degree and width.
[[nodiscard]] std::vector<StageProfile> nominal_profiles(int degree, StageForm form,
                                                         StageWidth width);

/// The rows of a degree in the table: of every form and width, but for widths that cost the same as
/// the wider one before, and for `alone_exactly` where it costs the same as `alone`.
[[nodiscard]] std::vector<StageProfile> rows_of(int degree);

/// By the table up to highest_tabled_degree; higher degrees are planned for the widest domains,
/// each once, which may take some seconds each: `planning` is told before. Latencies by
/// settings.costs.
[[nodiscard]] StageCosts planner_costs(const PlanSettings& settings,
                                       std::function<void(int degree)> planning = {});

}  // namespace equiripple
