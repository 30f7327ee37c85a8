// A stage as a task for the planner, a way to compute it, and that way as a program.
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
  Rational x_multiple = 0;     // of x, added to the result (times_x)
  bool x_is_above = true;      // x has a level to spare: the variable is deeper
  bool absorb = true;          // the result may be a multiple of what is wanted
  bool is_of_sign = false;     // a stage of sign or its kin
  bool rounds_little = false;  // what rounds more is beyond the limits (little_rounding_log2)
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
  Rational strain = 1;         // growth or the largest scalar, over what is allowed
  bool within_limits = false;  // the strain, and the rounding of scalars
};

/// Of the highest term that is not 0.
[[nodiscard]] int degree_of(const std::vector<Rational>& coefficients);

/// But for the constant, which may be added to a result that is not a multiple of x.
[[nodiscard]] bool is_odd(const std::vector<Rational>& coefficients, bool times_x);

/// Where the degree is 2g, a power of two, and T_2g has the coefficient c: 1 / (2 |c|), by which
/// the result is multiplied so that T_g^2 needs no scalar; where that is 1 twice as much, by an
/// addition: a factor of 1 would let the caller choose a scale that no scalar then brings about.
/// None where it is forbidden, or would strain the scale.
[[nodiscard]] std::optional<Rational> squaring_factor(const StageTask& task);

/// The fewest levels that are known for the task.
[[nodiscard]] int minimum_levels(const StageTask& task);

/// About the largest magnitude of p: that of its values at the ends and in the middle, and of their
/// root mean square; at least 1.
[[nodiscard]] Rational size_of(const StageTask& task);

/// The sum of the magnitudes of the coefficients.
[[nodiscard]] Rational magnitudes_of(const StageTask& task);

/// What growth and scalars may come to: `growth_limit` times the size; and what the coefficients
/// alone amount to, which no plan can avoid, some times over.
[[nodiscard]] Rational growth_allowed(const StageTask& task, const Rational& growth_limit);

/// How far from a series a program is that rounds little: by the sum over coefficients, over the
/// sum of their magnitudes. Four times what rounding them to binary64 may amount to;
/// Paterson-Stockmeyer seldom takes half of that.
inline constexpr long little_rounding_log2 = -51;

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

/// The task alone: x and the variable are inputs.
struct Trial {
  std::vector<Instruction> program;
  bool holds = false;  // it computes what is wanted, up to the rounding of scalars
  bool rounds_little = false;
  Rational growth;
};

[[nodiscard]] Trial trial_of(const StageTask& task, const StageChoice& choice);

/// Of such a program, without what stands for the level that x has to spare.
[[nodiscard]] PlanCosts costs_of(const StageTask& task, const std::vector<Instruction>& program);

}  // namespace equiripple
