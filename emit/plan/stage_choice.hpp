// One stage as a program: the shape with the fewest key switches that suits its coefficients.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/plan/series.hpp"
#include "emit/plan/shape_program.hpp"

namespace equiripple {

/// What is to be computed in one stage: a series, or x times it.
struct StageTask {
  std::vector<Rational> coefficients{};  // of T_0, T_1, ... of the variable
  bool times_x = false;
  Rational x_multiple = 0;  // of x, added to the result (times_x)
  bool x_is_above = true;   // x has a level to spare: the variable is deeper
  bool absorb = true;       // the result may be a multiple of what is wanted
};

struct StageChoice {
  int stride = 1;                    // the shape's variable is T_stride
  std::optional<Rational> linear{};  // times the variable, added to what the shape makes
  std::optional<Shape> shape{};      // none: Paterson-Stockmeyer [PS73], times x afterwards
  LeadingTerm leading = LeadingTerm::scaled;  // of Paterson-Stockmeyer
  ShapeScalars scalars{};
  Rational output_scale_factor = 1;  // the result is this times what is wanted
  bool keep_zeros = false;           // scalars 0 are scalars, for a program of one shape
  PlanCosts costs{};
  Rational growth = 1;
  bool within_limits = false;  // growth and scalars
};

/// The fewest levels that are known for the task.
[[nodiscard]] int minimum_levels(const StageTask& task);

/// About the largest magnitude of p: that of its values at the ends and in the middle, and of their
/// root mean square; as a power of 2, rounded down, at least 1.
[[nodiscard]] Rational size_of(const StageTask& task);

/// The fewest key switches in at most that many levels, of what keeps growth and scalars within
/// `growth_limit` times the size; where nothing does, the least growth. None where the levels do
/// not suffice.
[[nodiscard]] std::optional<StageChoice> choose_stage(const StageTask& task, int levels,
                                                      const Rational& growth_limit);

/// A few shapes that keep within the limit, cheapest first.
[[nodiscard]] std::vector<StageChoice> stage_alternatives(const StageTask& task, int levels,
                                                          const Rational& growth_limit);

/// The same shape for other coefficients of the same task; none where they do not suit it. Where
/// the output is scaled for the one, it cannot serve for the other.
[[nodiscard]] std::optional<StageChoice> same_shape_for(const StageTask& task,
                                                        const StageChoice& choice, int levels,
                                                        const Rational& growth_limit);

/// Where the task's values are in a program.
struct StageInputs {
  int variable = -1;
  int x = -1;
  int x_summand = -1;  // what x_multiple multiplies: x, or what has the same sign as it
  std::string prefix{};
  std::string name{};
  KnownPowers* known = nullptr;  // of several functions of one variable
};

[[nodiscard]] int write_stage(ProgramBuilder& builder, const StageTask& task,
                              const StageChoice& choice, const StageInputs& inputs);

}  // namespace equiripple
