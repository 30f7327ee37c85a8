// Runs an emitted plan on a backend.
//
// A plan is a struct with static members: name, inputs (1 or 2), levels, lower and upper (the
// range of its variable), half_width, output_scale_factor (what `run` returns is this times the
// function), and `run(he, x)` or `run(he, a, b)`, one operation a line. `stages`, where it is
// there, says how many of its stages have a variable that belongs into [-1, 1]; else all.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "backend.hpp"
#include "direct.hpp"
#include "errors.hpp"
#include "fitted.hpp"
#include "prepared.hpp"
#include "recording.hpp"

namespace equiripple {

namespace detail {

template <class Backend>
using CiphertextOf = typename Backend::Ciphertext;

constexpr int levels_read_at(double input_scale, double working_scale, int levels,
                             double half_width) {
  return levels + (levels > 0 && !reads_freely(input_scale, half_width, working_scale) ? 1 : 0);
}

// What follows takes plans as objects: of a Plan, or of a plan that is data (program.hpp).

/// The plan as a backend takes it.
template <class Backend, class Plan>
Recording taken_by(const Plan& plan) {
  Recording recording = recording_of(plan);
  if (prescribes_scales<Backend>::value && recording.facts.output_scale_factor != 1) {
    // The library would read the result at its own scale: the factor takes a scalar product.
    divide_result(recording);
  }
  return recording;
}

// Of a plan that is data; that of a header does not compile.
template <class Backend>
void require_refresh(const Recording& plan) {
  if (can_refresh<Backend>::value && refreshes_real<Backend>::value) return;
  if (!refreshes_itself(plan.operations)) return;
  throw evaluation_error(plan.facts.name +
                         " is refreshed between its stages: the backend needs refresh "
                         "(bootstrapping) and refresh_real");
}

template <class Plan, class Backend>
Fitted fit(Backend& he, const Plan& plan, const InputFacts& input, double output_scale) {
  static_assert(!manages_scales<Backend>::value,
                "a library that keeps scales by itself has nothing to prepare");
  static_assert(PlannedRefreshes<Plan>::count == 0 ||
                    (can_refresh<Backend>::value && refreshes_real<Backend>::value),
                "this function is refreshed between its stages: the backend needs refresh "
                "(bootstrapping) and refresh_real");
  const Recording taken = taken_by<Backend>(plan);
  require_refresh<Backend>(taken);
  return Fitting<Backend>::run(he, taken.facts, taken.operations, input, output_scale);
}

template <class Plan, class Backend>
int levels_needed(Backend& he, const Plan& plan, const CiphertextOf<Backend>& x) {
  check_operands(he, x);
  if constexpr (manages_scales<Backend>::value) {
    return directly_required_levels<Backend>(plan);
  } else {
    const Recording taken = taken_by<Backend>(plan);
    return Fitting<Backend>::levels_needed(he, taken.facts, taken.operations,
                                           facts_of_input(he, x));
  }
}

template <class Backend>
void require_no_output_scale(double output_scale) {
  if (output_scale == 0) return;
  throw wrong_scale("a scale of the result was given, " + number_text(output_scale) +
                    ", to a backend that keeps scales by itself");
}

// `x` as `input` says, brought down to `level`: handed on uncopied where nothing is to be done.
template <class Backend, class Use>
CiphertextOf<Backend> with_input(Backend& he, const CiphertextOf<Backend>& x,
                                 const InputFacts& input, int level, const Use& use) {
  if (input.due == 0 && input.level == level) return use(x);
  if (input.due == 0) return use(he.drop_to_level(x, level));
  CiphertextOf<Backend> ready = he.rescale(x);
  for (int i = 1; i < input.due; ++i) ready = he.rescale(std::move(ready));
  return use(input.level == level ? std::move(ready) : he.drop_to_level(std::move(ready), level));
}

// Addends of different scales would be another function.
inline void require_equal_scales(const std::string& name, const InputFacts& a,
                                 const InputFacts& b) {
  if (scales_agree(a.scale, b.scale)) return;
  const auto text = [](const InputFacts& input) {
    return power_text(input.given_scale) + " at level " + std::to_string(input.level + input.due);
  };
  throw wrong_scale(name + " takes two inputs of equal scales, and these have " + text(a) +
                    " and " + text(b));
}

// Calls use(prepared, x) or use(prepared, a, b) with the inputs as the plan takes them.
template <class Plan, class Backend, class Use>
CiphertextOf<Backend> with_prepared(Backend& he, const Plan& plan, const CiphertextOf<Backend>& x,
                                    double output_scale, const Use& use) {
  check_operands(he, x);
  const InputFacts input = facts_of_input(he, x);
  const Prepared<Backend, 1> prepared(he, fit(he, plan, input, output_scale));
  return with_input(he, x, input, input.level,
                    [&](const auto& ready) { return use(prepared, ready); });
}

template <class Plan, class Backend, class Use>
CiphertextOf<Backend> with_prepared(Backend& he, const Plan& plan, const CiphertextOf<Backend>& a,
                                    const CiphertextOf<Backend>& b, double output_scale,
                                    const Use& use) {
  check_operands(he, a, b);
  const InputFacts first = facts_of_input(he, a);
  const InputFacts second = facts_of_input(he, b);
  require_equal_scales(plan.name, first, second);
  const InputFacts& lower = first.level <= second.level ? first : second;
  const Prepared<Backend, 2> prepared(he, fit(he, plan, lower, output_scale));
  return with_input(he, a, first, lower.level, [&](const auto& x) {
    return with_input(he, b, second, lower.level,
                      [&](const auto& y) { return use(prepared, x, y); });
  });
}

inline constexpr auto evaluating = [](const auto& prepared, const auto&... inputs) {
  return prepared.evaluate(inputs...);
};

// For evaluate_guarded.
template <class Plan, class Backend, class Look>
CiphertextOf<Backend> evaluate_looking(Backend& he, const Plan& plan,
                                       const CiphertextOf<Backend>& x, double output_scale,
                                       const Look& look) {
  return with_prepared(he, plan, x, output_scale, [&](const auto& prepared, const auto& ready) {
    return prepared.guarded(look, ready);
  });
}
template <class Plan, class Backend, class Look>
CiphertextOf<Backend> evaluate_looking(Backend& he, const Plan& plan,
                                       const CiphertextOf<Backend>& a,
                                       const CiphertextOf<Backend>& b, double output_scale,
                                       const Look& look) {
  return with_prepared(he, plan, a, b, output_scale,
                       [&](const auto& prepared, const auto& first, const auto& second) {
                         return prepared.guarded(look, first, second);
                       });
}

template <class Plan, class Backend>
CiphertextOf<Backend> evaluate_one(Backend& he, const Plan& plan, const CiphertextOf<Backend>& x,
                                   double output_scale) {
  if constexpr (checks_input<Backend>::value) he.check_input(x, plan.lower, plan.upper);
  if constexpr (manages_scales<Backend>::value) {
    require_no_output_scale<Backend>(output_scale);
    return evaluate_directly(he, plan, x);
  } else {
    return with_prepared(he, plan, x, output_scale, evaluating);
  }
}

// Whether the range of a plan of two inputs is that of the second; else it is that of a - b.
template <class Plan, class = void>
struct RangeOfSecond {
  static bool of(const Plan&) { return false; }
};
template <class Plan>
struct RangeOfSecond<Plan, std::void_t<decltype(Plan::range_of_second)>> {
  static bool of(const Plan& plan) { return plan.range_of_second; }
};

template <class Plan, class Backend>
CiphertextOf<Backend> evaluate_two(Backend& he, const Plan& plan, const CiphertextOf<Backend>& a,
                                   const CiphertextOf<Backend>& b, double output_scale) {
  if constexpr (manages_scales<Backend>::value) {
    require_no_output_scale<Backend>(output_scale);
    if constexpr (checks_input<Backend>::value) {
      he.check_input(RangeOfSecond<Plan>::of(plan) ? b : he.sub(a, b), plan.lower, plan.upper);
    }
    return evaluate_directly(he, plan, a, b);
  } else {
    return with_prepared(he, plan, a, b, output_scale, evaluating);
  }
}

// By which decryption enlarges the value: stages are read at scales that plans choose.
template <class Backend>
double enlarged_by_decryption(Backend& he, const typename Backend::Ciphertext& x) {
  if constexpr (decrypts_elsewhere<Backend>::value) return he.scale(x) / he.decrypted_scale(x);
  return 1;
}

// For evaluate_guarded.
template <class Backend, class Decrypt>
auto guard(Backend& he, const std::string& name, const Decrypt& decrypt) {
  return [&he, name, &decrypt](std::size_t stage, const auto& variable) {
    const double enlarged = enlarged_by_decryption(he, variable);
    std::size_t slot = 0;
    for (const double decrypted : decrypt(variable)) {
      const double value = decrypted / enlarged;
      if (!(value >= -1 - domain_slack && value <= 1 + domain_slack)) {
        throw outside_domain(name, static_cast<int>(stage), slot, value);
      }
      ++slot;
    }
  };
}

// Which overload is meant: where ciphertexts are doubles a second one looks like a scale, so that
// the plan decides; elsewhere the arguments do, and the plan is compared with them.
template <class Plan, class Backend, int inputs>
using IfMeant = std::enable_if_t<
    Plan::inputs == inputs || !std::is_same_v<typename Backend::Ciphertext, double>, int>;

}  // namespace detail

/// Levels that the plan consumes for an input of this scale when the first modulus is
/// `working_scale`: one more where the range cannot be read off the scale.
template <class Plan>
constexpr int required_levels(double input_scale, double working_scale) {
  return detail::levels_read_at(input_scale, working_scale, Plan::levels, Plan::half_width);
}

/// The fewest levels that `x` must have left, be it one of two inputs or the only one: with the
/// range where x's scale does not hold it, the rescalings of a product that is not rescaled yet, a
/// factor that the library would not read off the scale; up to the first refresh where the backend
/// refreshes.
template <class Plan, class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return detail::levels_needed(he, Plan{}, x);
}

/// Fixes every level and scale and encodes every scalar, for inputs at `level` and `scale`; the
/// result will have `output_scale` (0: the input's, or the library's own where it prescribes one,
/// and then no other; what the plan gives where output_scale_factor is not 1).
///
/// Throws wrong_level, not_enough_levels or wrong_scale. `he` must outlive the result.
template <class Plan, class Backend>
Prepared<Backend, Plan::inputs> prepare(Backend& he, int level, double scale,
                                        double output_scale = 0) {
  return Prepared<Backend, Plan::inputs>(
      he, detail::fit(he, Plan{}, detail::InputFacts{level, scale}, output_scale));
}

/// The plan on ciphertexts. Throws not_enough_levels, wrong_scale, wrong_ciphertext or (where the
/// backend can see the value) outside_range, before the first operation. The result has scale
/// `output_scale`, as for prepare.
///
/// A ciphertext that is a product and not rescaled yet is rescaled first, at the cost of a level.
template <class Plan, class Backend, detail::IfMeant<Plan, Backend, 1> = 0>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& x,
                                      double output_scale = 0) {
  static_assert(Plan::inputs == 1, "this function takes two inputs: evaluate(he, a, b)");
  return detail::evaluate_one(he, Plan{}, x, output_scale);
}

/// The same for functions of two inputs, under the same key and of the same scale; the range is
/// that of a - b, and of b where a is divided by it. The input with more levels is brought down to
/// the other's.
template <class Plan, class Backend, detail::IfMeant<Plan, Backend, 2> = 0>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& a,
                                      const typename Backend::Ciphertext& b,
                                      double output_scale = 0) {
  static_assert(Plan::inputs == 2, "this function takes one input: evaluate(he, x)");
  return detail::evaluate_two(he, Plan{}, a, b, output_scale);
}

/// As evaluate, for finding where an application leaves the range: `decrypt(ciphertext)` returns
/// the values of the slots (a container of doubles), so that it needs the secret key: a tool for
/// whoever holds it, never for a server, as what is decrypted gives the key away [LM21]. Throws
/// outside_domain at the first stage whose variable is not in [-1, 1] in some slot.
template <class Plan, class Backend, class Decrypt>
typename Backend::Ciphertext evaluate_guarded(Backend& he, const typename Backend::Ciphertext& x,
                                              const Decrypt& decrypt) {
  static_assert(Plan::inputs == 1, "this function takes two inputs: evaluate_guarded(he, a, b, d)");
  static_assert(!detail::manages_scales<Backend>::value, "numbers are checked by evaluate");
  return detail::evaluate_looking(he, Plan{}, x, 0, detail::guard(he, Plan::name, decrypt));
}
template <class Plan, class Backend, class Decrypt>
typename Backend::Ciphertext evaluate_guarded(Backend& he, const typename Backend::Ciphertext& a,
                                              const typename Backend::Ciphertext& b,
                                              const Decrypt& decrypt) {
  static_assert(Plan::inputs == 2, "this function takes one input: evaluate_guarded(he, x, d)");
  static_assert(!detail::manages_scales<Backend>::value, "numbers are checked by evaluate");
  return detail::evaluate_looking(he, Plan{}, a, b, 0, detail::guard(he, Plan::name, decrypt));
}

}  // namespace equiripple
