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

/// Levels that the plan consumes for an input of this scale when the first modulus is
/// `working_scale`: one more where the range cannot be read off the scale.
template <class Plan>
constexpr int required_levels(double input_scale, double working_scale) {
  const bool free = detail::reads_freely(input_scale, Plan::half_width, working_scale);
  return Plan::levels + (Plan::levels > 0 && !free ? 1 : 0);
}

namespace detail {

template <class Backend>
using CiphertextOf = typename Backend::Ciphertext;

/// The plan as a backend takes it.
template <class Backend>
struct Recorded {
  PlanFacts facts;
  std::vector<Operation> operations;

  template <class Plan>
  static Recorded of() {
    Recorded recorded{facts_of<Plan>(), record<Plan>()};
    if (prescribes_scales<Backend>::value && recorded.facts.output_scale_factor != 1) {
      // The library would read the result at its own scale: the factor takes a scalar product.
      divide_result(recorded.operations, recorded.facts);
    }
    return recorded;
  }
};

template <class Plan, class Backend>
Fitted fit(Backend& he, const InputFacts& input, double output_scale) {
  static_assert(!manages_scales<Backend>::value,
                "a library that keeps scales by itself has nothing to prepare");
  const auto plan = Recorded<Backend>::template of<Plan>();
  return Fitting<Backend>::run(he, plan.facts, plan.operations, input, output_scale);
}

template <class Plan, class Backend>
Prepared<Backend, Plan::inputs> prepare_for(Backend& he, const InputFacts& input,
                                            double output_scale) {
  return Prepared<Backend, Plan::inputs>(he, fit<Plan>(he, input, output_scale));
}

}  // namespace detail

/// The fewest levels that `x` must have left, be it one of two inputs or the only one: with the
/// range where x's scale does not hold it, the rescalings of a product that is not rescaled yet, a
/// factor that the library would not read off the scale; up to the first refresh where the backend
/// refreshes.
template <class Plan, class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  detail::check_operands(he, x);
  if constexpr (detail::manages_scales<Backend>::value) {
    return detail::directly_required_levels<Plan, Backend>();
  } else {
    const auto plan = detail::Recorded<Backend>::template of<Plan>();
    return detail::Fitting<Backend>::levels_needed(he, plan.facts, plan.operations,
                                                   detail::facts_of_input(he, x));
  }
}

/// Fixes every level and scale and encodes every scalar, for inputs at `level` and `scale`; the
/// result will have `output_scale` (0: the input's, or the library's own where it prescribes one,
/// and then no other; what the plan gives where output_scale_factor is not 1).
///
/// Throws wrong_level, not_enough_levels or wrong_scale. `he` must outlive the result.
template <class Plan, class Backend>
Prepared<Backend, Plan::inputs> prepare(Backend& he, int level, double scale,
                                        double output_scale = 0) {
  return detail::prepare_for<Plan>(he, detail::InputFacts{level, scale}, output_scale);
}

namespace detail {

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
inline void require_equal_scales(const char* name, const InputFacts& a, const InputFacts& b) {
  if (scales_agree(a.scale, b.scale)) return;
  const auto text = [](const InputFacts& input) {
    return power_text(input.given_scale) + " at level " + std::to_string(input.level + input.due);
  };
  throw wrong_scale(std::string(name) + " takes two inputs of equal scales, and these have " +
                    text(a) + " and " + text(b));
}

template <class Plan, class Backend, class Look>
CiphertextOf<Backend> evaluate_looking(Backend& he, const CiphertextOf<Backend>& x,
                                       double output_scale, const Look& look) {
  check_operands(he, x);
  const InputFacts input = facts_of_input(he, x);
  const auto prepared = prepare_for<Plan>(he, input, output_scale);
  return with_input(he, x, input, input.level,
                    [&](const auto& ready) { return prepared.guarded(look, ready); });
}

template <class Plan, class Backend, class Look>
CiphertextOf<Backend> evaluate_looking(Backend& he, const CiphertextOf<Backend>& a,
                                       const CiphertextOf<Backend>& b, double output_scale,
                                       const Look& look) {
  check_operands(he, a, b);
  const InputFacts first = facts_of_input(he, a);
  const InputFacts second = facts_of_input(he, b);
  require_equal_scales(Plan::name, first, second);
  const InputFacts& lower = first.level <= second.level ? first : second;
  const auto prepared = prepare_for<Plan>(he, lower, output_scale);
  return with_input(he, a, first, lower.level, [&](const auto& x) {
    return with_input(he, b, second, lower.level,
                      [&](const auto& y) { return prepared.guarded(look, x, y); });
  });
}

// Which overload is meant: where ciphertexts are doubles a second one looks like a scale, so that
// the plan decides; elsewhere the arguments do, and the plan is compared with them.
template <class Plan, class Backend, int inputs>
using IfMeant = std::enable_if_t<
    Plan::inputs == inputs || !std::is_same_v<typename Backend::Ciphertext, double>, int>;

inline constexpr auto look_at_nothing = [](std::size_t, const auto&) {};

// For evaluate_guarded.
template <class Plan, class Decrypt>
auto guard(const Decrypt& decrypt) {
  return [&decrypt](std::size_t stage, const auto& variable) {
    std::size_t slot = 0;
    for (const double value : decrypt(variable)) {
      if (!(value >= -1 - domain_slack && value <= 1 + domain_slack)) {
        throw outside_domain(Plan::name, static_cast<int>(stage), slot, value);
      }
      ++slot;
    }
  };
}

}  // namespace detail

/// The plan on ciphertexts. Throws not_enough_levels, wrong_scale, wrong_ciphertext or (where the
/// backend can see the value) outside_range, before the first operation. The result has scale
/// `output_scale`, as for prepare.
///
/// A ciphertext that is a product and not rescaled yet is rescaled first, at the cost of a level.
template <class Plan, class Backend, detail::IfMeant<Plan, Backend, 1> = 0>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& x,
                                      double output_scale = 0) {
  static_assert(Plan::inputs == 1, "this function takes two inputs: evaluate(he, a, b)");
  if constexpr (detail::checks_input<Backend>::value) he.check_input(x, Plan::lower, Plan::upper);
  if constexpr (detail::manages_scales<Backend>::value) {
    detail::require_no_output_scale<Backend>(output_scale);
    return detail::evaluate_directly<Plan>(he, x);
  } else {
    return detail::evaluate_looking<Plan>(he, x, output_scale, detail::look_at_nothing);
  }
}

/// The same for functions of two inputs, under the same key and of the same scale; the range is
/// that of a - b. The input with more levels is brought down to the other's.
template <class Plan, class Backend, detail::IfMeant<Plan, Backend, 2> = 0>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& a,
                                      const typename Backend::Ciphertext& b,
                                      double output_scale = 0) {
  static_assert(Plan::inputs == 2, "this function takes one input: evaluate(he, x)");
  if constexpr (detail::manages_scales<Backend>::value) {
    detail::require_no_output_scale<Backend>(output_scale);
    if constexpr (detail::checks_input<Backend>::value) {
      he.check_input(he.sub(a, b), Plan::lower, Plan::upper);
    }
    return detail::evaluate_directly<Plan>(he, a, b);
  } else {
    return detail::evaluate_looking<Plan>(he, a, b, output_scale, detail::look_at_nothing);
  }
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
  return detail::evaluate_looking<Plan>(he, x, 0, detail::guard<Plan>(decrypt));
}
template <class Plan, class Backend, class Decrypt>
typename Backend::Ciphertext evaluate_guarded(Backend& he, const typename Backend::Ciphertext& a,
                                              const typename Backend::Ciphertext& b,
                                              const Decrypt& decrypt) {
  static_assert(Plan::inputs == 2, "this function takes one input: evaluate_guarded(he, x, d)");
  static_assert(!detail::manages_scales<Backend>::value, "numbers are checked by evaluate");
  return detail::evaluate_looking<Plan>(he, a, b, 0, detail::guard<Plan>(decrypt));
}

}  // namespace equiripple
