// An input brought down to the levels that a plan needs, so that nothing is computed with primes
// that the application does not use any more.
#pragma once

#include <string>

#include "errors.hpp"
#include "evaluate.hpp"

namespace equiripple {
namespace detail {

// The plan fitted to inputs from a level on upwards.
template <class Plan, class Backend>
class InputLevels {
 public:
  InputLevels(Backend& he, const Plan& plan, const InputFacts& input)
      : he_(he), taken_(taken_by<Backend>(plan)), input_(input) {}

  /// The lowest level of the input, with what is due, from which the result has `output_level`.
  int lowest_for(int output_level) const {
    const Fitted highest = fitted(input_.level);
    if (output_level < 0) {
      throw wrong_level(taken_.facts.name + " gives no result at", output_level,
                        highest.output_level());
    }
    const int refreshes = count_of(highest.records, Step::refresh);
    for (int level = first_with_levels(output_level); level < input_.level; ++level) {
      if (levels_needed(level) > level) continue;
      const Fitted lower = fitted(level);
      const bool is_as_good = count_of(lower.records, Step::refresh) == refreshes;
      if (is_as_good && lower.output_level() == output_level) return level + input_.due;
    }
    if (highest.output_level() == output_level) return input_.level + input_.due;
    const std::string at = " for a result at level " + std::to_string(output_level);
    if (refreshes > 0) {
      throw evaluation_error(taken_.facts.name + ": a refresh leaves the result at level " +
                             std::to_string(highest.output_level()) + ", not " +
                             std::to_string(output_level));
    }
    const int lacking = output_level - highest.output_level();
    const int given = input_.level + input_.due;
    throw not_enough_levels(taken_.facts.name, given + lacking, given, at);
  }

 private:
  InputFacts at(int level) const {
    InputFacts lower = input_;
    lower.level = level;
    return lower;
  }
  Fitted fitted(int level) const {
    return Fitting<Backend>::run(he_, taken_.facts, taken_.operations, at(level), 0);
  }
  // Without what is due.
  int levels_needed(int level) const {
    return Fitting<Backend>::levels_needed(he_, taken_.facts, taken_.operations, at(level)) -
           input_.due;
  }
  int first_with_levels(int output_level) const {
    return can_refresh<Backend>::value ? 0 : output_level + taken_.facts.levels;
  }

  Backend& he_;
  Recording taken_;
  InputFacts input_;
};

template <class Plan, class Backend>
CiphertextOf<Backend> lowered_for(Backend& he, const Plan& plan, const CiphertextOf<Backend>& x,
                                  int output_level) {
  check_operands(he, x);
  if constexpr (has_no_levels<Backend>::value) {
    return x;
  } else {
    static_assert(!manages_scales<Backend>::value,
                  "a library that keeps scales by itself drops levels by itself");
    const int level =
        InputLevels<Plan, Backend>(he, plan, facts_of_input(he, x)).lowest_for(output_level);
    return level == he.level(x) ? x : he.drop_to_level(x, level);
  }
}

}  // namespace detail

/// `x`, be it one of two inputs or the only one, with as few levels as the plan needs for a result
/// at `output_level` (0: none are left): relu::evaluate(he, at_output_level<relu::Plan>(he, x, 2)).
/// Time and memory of an evaluation rise with the levels of its input, faster than they.
///
/// Throws not_enough_levels where x cannot give that level, wrong_level below 0, and as evaluate;
/// where the plan is refreshed, evaluation_error for another level than the refresh leaves. All of
/// it before any work.
template <class Plan, class Backend>
typename Backend::Ciphertext at_output_level(Backend& he, const typename Backend::Ciphertext& x,
                                             int output_level) {
  return detail::lowered_for(he, Plan{}, x, output_level);
}

}  // namespace equiripple
