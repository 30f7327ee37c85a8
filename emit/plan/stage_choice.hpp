// One stage as a program: the shape with the fewest key switches that suits its coefficients.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "emit/plan/stage_task.hpp"

namespace equiripple {

/// The fewest key switches in at most that many levels, of what keeps growth and scalars within
/// `growth_limit` times the size; where nothing does, the least growth. None where the levels do
/// not suffice.
[[nodiscard]] std::optional<StageChoice> choose_stage(const StageTask& task, int levels,
                                                      const Rational& growth_limit);

/// What a chain is to be better in than what there is.
struct ChainTerms {
  /// Whether it costs less. Asked before the scalars are known: those it has then are any numbers.
  std::function<bool(const StageChoice&)> pays;
  /// Whether it is as precise, more or less, once they are known.
  std::function<bool(const StageChoice&)> is_precise;
};

/// A chain of dense values (chain_shape.hpp) on these terms, with growth and scalars within the
/// limit. None for a series that is not dense, or where a few starts have found no such scalars.
[[nodiscard]] std::optional<StageChoice> choose_dense_chain(const StageTask& task, int levels,
                                                            const Rational& growth_limit,
                                                            const ChainTerms& terms);

/// A few shapes that keep within the limit, cheapest first.
[[nodiscard]] std::vector<StageChoice> stage_alternatives(const StageTask& task, int levels,
                                                          const Rational& growth_limit);

/// The same shape for other coefficients of the same task; none where they do not suit it. Where
/// the output is scaled for the one, it cannot serve for the other.
[[nodiscard]] std::optional<StageChoice> same_shape_for(const StageTask& task,
                                                        const StageChoice& choice, int levels,
                                                        const Rational& growth_limit);

}  // namespace equiripple
