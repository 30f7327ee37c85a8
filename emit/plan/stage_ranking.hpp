// Which of two ways to compute a stage is to be preferred.
#pragma once

#include "emit/plan/noise.hpp"
#include "emit/plan/stage_task.hpp"

namespace equiripple {

/// The precision for which products are made that could be saved: they cost a few per cent.
inline constexpr double bits_worth_products = 1;  // chosen

/// Of the stage alone, on [-1, 1].
[[nodiscard]] UsualNoise noise_of(const StageTask& task, const StageChoice& choice);

/// By key switches, then by products, rescalings and scalars.
[[nodiscard]] bool is_cheaper(const StageChoice& a, const StageChoice& b);

/// What keeps within the limits first. Of such, what is cheaper; but of as many key switches what
/// is more precise by bits_worth_products, except for stages of sign, whose noise the choice of
/// scales takes away (stage_scales.hpp). Of others what amplifies less.
[[nodiscard]] bool is_better(const StageTask& task, const StageChoice& a, const StageChoice& b);

}  // namespace equiripple
