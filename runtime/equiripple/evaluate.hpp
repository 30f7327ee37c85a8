// Runs an emitted plan on a backend.
//
// A plan is a struct with static members: name, inputs (1 or 2), levels, lower and upper (the
// range of its variable), half_width, output_scale_factor (what `run` returns is this times the
// function), and `run(he, x)` or `run(he, a, b)`, one operation a line. `stages`, where it is
// there, says how many of its stages have a variable that belongs into [-1, 1]; else all.
#pragma once

#include <vector>

#include "backend.hpp"
#include "direct.hpp"
#include "errors.hpp"
#include "prepared.hpp"
#include "recording.hpp"

namespace equiripple {

/// Levels that the plan consumes for an input of this scale when the first modulus is
/// `working_scale`: one more where the range cannot be read off the scale.
template <class Plan>
int required_levels(double input_scale, double working_scale) {
  const bool free = detail::reads_freely(input_scale, Plan::half_width, working_scale);
  return Plan::levels + (Plan::levels > 0 && !free ? 1 : 0);
}

/// Fixes every level and scale and encodes every scalar, for inputs at `level` and `scale`; the
/// result will have `output_scale` (0: the input's, or the library's own where it prescribes one;
/// what the plan gives where output_scale_factor is not 1).
///
/// Throws not_enough_levels or wrong_scale. `he` must outlive the result.
template <class Plan, class Backend>
Prepared<Backend> prepare(Backend& he, int level, double scale, double output_scale = 0) {
  static_assert(!detail::manages_scales<Backend>::value,
                "a library that keeps scales by itself has nothing to prepare");
  detail::PlanFacts facts = detail::facts_of<Plan>();
  std::vector<detail::Operation> operations = detail::record<Plan>();
  if (detail::prescribes_scales<Backend>::value && facts.output_scale_factor != 1) {
    // The library would read the result at its own scale: the factor takes a scalar product.
    detail::divide_result(operations, facts);
  }
  return Prepared<Backend>(he, facts, operations, level, scale, output_scale);
}

namespace detail {

template <class Backend>
using CiphertextOf = typename Backend::Ciphertext;

// A product that its owner has not rescaled yet: libraries that rescale lazily hand those out.
template <class Backend>
bool has_rescaling_due(Backend& he, const CiphertextOf<Backend>& x) {
  constexpr double excess = 0x1p+16;  // chosen: no input has scale and range so far apart
  return he.level(x) > 0 && he.scale(x) >= he.modulus_at(he.level(x)) * excess;
}

template <class Plan, class Backend, class Evaluate>
CiphertextOf<Backend> with_ready_input(Backend& he, const CiphertextOf<Backend>& x,
                                       const Evaluate& evaluate) {
  if constexpr (checks_ciphertext<Backend>::value) he.check(x);
  if (!has_rescaling_due(he, x)) return evaluate(x);
  if (he.level(x) < Plan::levels + 1) {
    throw not_enough_levels(Plan::name, Plan::levels + 1, he.level(x));
  }
  return evaluate(he.rescale(x));
}

}  // namespace detail

/// The plan on ciphertexts. Throws not_enough_levels, wrong_scale, wrong_ciphertext or (where the
/// backend can see the value) outside_range, before the first operation. The result has scale
/// `output_scale`, as for prepare.
///
/// A ciphertext that is a product and not rescaled yet is rescaled first, at the cost of a level.
template <class Plan, class Backend>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& x,
                                      double output_scale = 0) {
  static_assert(Plan::inputs == 1, "this function takes two inputs");
  if constexpr (detail::checks_input<Backend>::value) he.check_input(x, Plan::lower, Plan::upper);
  if constexpr (detail::manages_scales<Backend>::value) {
    return detail::evaluate_directly<Plan>(he, x);
  } else {
    return detail::with_ready_input<Plan>(he, x, [&](const auto& ready) {
      return prepare<Plan>(he, he.level(ready), he.scale(ready), output_scale).evaluate(ready);
    });
  }
}

/// The same for functions of two inputs; the range is that of a - b. The input with more levels
/// is brought down to the other's.
template <class Plan, class Backend>
typename Backend::Ciphertext evaluate(Backend& he, const typename Backend::Ciphertext& a,
                                      const typename Backend::Ciphertext& b,
                                      double output_scale = 0) {
  static_assert(Plan::inputs == 2, "this function takes one input");
  if constexpr (detail::checks_input<Backend>::value) {
    he.check_input(he.sub(a, b), Plan::lower, Plan::upper);
  }
  if constexpr (detail::manages_scales<Backend>::value) {
    return detail::evaluate_directly<Plan>(he, a, b);
  } else {
    return detail::with_ready_input<Plan>(he, a, [&](const auto& x) {
      return detail::with_ready_input<Plan>(he, b, [&](const auto& y) {
        const int level = he.level(x) < he.level(y) ? he.level(x) : he.level(y);
        const auto prepared = prepare<Plan>(he, level, he.scale(x), output_scale);
        prepared.require_scale(y);
        if (he.level(x) > level) return prepared.evaluate(he.drop_to_level(x, level), y);
        if (he.level(y) > level) return prepared.evaluate(x, he.drop_to_level(y, level));
        return prepared.evaluate(x, y);
      });
    });
  }
}

/// As evaluate, for finding where an application leaves the range: `decrypt(ciphertext)` returns
/// the values of the slots (a container of doubles). Throws outside_domain at the first stage whose
/// variable is not in [-1, 1] in some slot.
template <class Plan, class Backend, class Decrypt>
typename Backend::Ciphertext evaluate_guarded(Backend& he, const typename Backend::Ciphertext& x,
                                              const Decrypt& decrypt) {
  static_assert(!detail::manages_scales<Backend>::value, "numbers are checked by evaluate");
  const auto look = [&](std::size_t stage, const typename Backend::Ciphertext& variable) {
    std::size_t slot = 0;
    for (const double value : decrypt(variable)) {
      if (!(value >= -1 - detail::domain_slack && value <= 1 + detail::domain_slack)) {
        throw outside_domain(Plan::name, static_cast<int>(stage), slot, value);
      }
      ++slot;
    }
  };
  return detail::with_ready_input<Plan>(he, x, [&](const auto& ready) {
    return prepare<Plan>(he, he.level(ready), he.scale(ready)).guarded(look, ready);
  });
}

}  // namespace equiripple
