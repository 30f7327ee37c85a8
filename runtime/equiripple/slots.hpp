// The largest of neighbouring slots, as pooling layers need it, and where it is; and the larger and
// the smaller of two inputs, as sorting does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "evaluate.hpp"

namespace equiripple {

/// Comparisons one after another for windows of `count` slots; each takes the levels of the plan,
/// and one for the range where the input's scale does not hold it.
inline int rounds_of_max(int count) {
  int rounds = 0;
  for (int window = 1; window < count; window *= 2) ++rounds;
  return rounds;
}

/// What max_of_slots takes, known before any work.
struct MaxOfSlotsCost {
  int rounds;        // of max; the error is at most so many times that of its claim
  int levels;        // that the input must have left
  int key_switches;  // of the rounds, without the rotations
  int rotations;     // a key switch each, by the caller
};

namespace detail {

// Rotations of the rounds: windows double, and the last is what is left.
inline std::vector<int> steps_of_max(int count) {
  std::vector<int> steps;
  for (int window = 1; window < count; window += steps.back()) {
    steps.push_back(std::min(window, count - window));
  }
  return steps;
}

// Every round fitted to what the one before leaves; nothing is encoded yet.
template <class Plan, class Backend>
std::vector<Fitted> fit_rounds(Backend& he, InputFacts input, int count) {
  const std::size_t rounds = steps_of_max(count).size();
  const std::string what = " for the largest of " + std::to_string(count) + " slots";
  if constexpr (!can_refresh<Backend>::value) {
    const Recording plan = taken_by<Backend>(Plan{});
    const int first = Fitting<Backend>::levels_needed(he, plan.facts, plan.operations, input);
    const int needed = first + static_cast<int>(rounds - 1) * (first - input.due);
    if (input.level + input.due < needed) {
      throw not_enough_levels(Plan::name, needed, input.level + input.due, what);
    }
  }
  std::vector<Fitted> fitted;
  for (std::size_t round = 1; round <= rounds; ++round) {
    try {
      fitted.push_back(fit(he, Plan{}, input, 0));
    } catch (const not_enough_levels& lacking) {
      if (round == 1) throw;
      throw not_enough_levels(std::string(Plan::name) + ", round " + std::to_string(round) + what,
                              lacking.needed, lacking.left);
    }
    input = {fitted.back().output_level(), fitted.back().output_scale()};
  }
  return fitted;
}

}  // namespace detail

/// In slot i the largest of slots i, i + 1, ..., i + count - 1, for any count of 1 or more.
///
/// `Plan` is that of an emitted max: max_of_slots<my_max::Plan>(he, x, 4, rotate). `rotate(x, k)`
/// brings slot i + k to slot i (rotation to the left), by the caller's rotation keys: for steps 1,
/// 2, 4, ... below count, and the rest for a count that is no power of two. The range of the plan
/// must hold the differences of the slots, with the errors of the rounds before. Throws as
/// evaluate; levels and scales of all rounds are checked before the first rotation.
template <class Plan, class Backend, class Rotate>
typename Backend::Ciphertext max_of_slots(Backend& he, const typename Backend::Ciphertext& x,
                                          int count, const Rotate& rotate) {
  static_assert(Plan::inputs == 2, "the largest of slots needs the plan of max (or min)");
  using Ciphertext = typename Backend::Ciphertext;
  if (count < 1) {
    throw evaluation_error("the largest of " + std::to_string(count) +
                           " slots: there must be one or more");
  }
  if (count == 1) return x;
  const std::vector<int> steps = detail::steps_of_max(count);
  detail::check_operands(he, x);
  if constexpr (detail::manages_scales<Backend>::value) {
    const int needed = required_levels<Plan>(he, x) * static_cast<int>(steps.size());
    if (he.level(x) < needed) throw not_enough_levels(Plan::name, needed, he.level(x));
    Ciphertext largest = x;
    for (const int step : steps) largest = evaluate<Plan>(he, largest, rotate(largest, step));
    return largest;
  } else {
    const detail::InputFacts input = detail::facts_of_input(he, x);
    std::vector<detail::Fitted> rounds = detail::fit_rounds<Plan>(he, input, count);
    return detail::with_input(he, x, input, input.level, [&](const Ciphertext& ready) {
      Ciphertext largest = ready;
      for (std::size_t i = 0; i < rounds.size(); ++i) {
        const Prepared<Backend, 2> round(he, std::move(rounds[i]));
        largest = round.evaluate(largest, rotate(largest, steps[i]));
      }
      return largest;
    });
  }
}

/// Of `x` as it is: nothing is computed. Throws as max_of_slots, but where levels are lacking.
template <class Plan, class Backend>
MaxOfSlotsCost cost_of_max_of_slots(Backend& he, const typename Backend::Ciphertext& x, int count) {
  static_assert(Plan::inputs == 2, "the largest of slots needs the plan of max (or min)");
  if (count < 1) {
    throw evaluation_error("the largest of " + std::to_string(count) +
                           " slots: there must be one or more");
  }
  const int rounds = static_cast<int>(detail::steps_of_max(count).size());
  if (rounds == 0) return {0, 0, 0, 0};
  const int first = required_levels<Plan>(he, x);
  int due = 0;  // the first round alone rescales what its owner left
  if constexpr (!detail::manages_scales<Backend>::value) due = detail::facts_of_input(he, x).due;
  return {rounds, first + (rounds - 1) * (first - due), rounds * Plan::key_switches, rounds};
}

namespace detail {

// `x` at a level that is its own or below, and at this scale: by a scalar product where that is
// not the one it has.
template <class Backend>
typename Backend::Ciphertext brought_to(Backend& he, const std::string& name,
                                        const typename Backend::Ciphertext& x, int level,
                                        double scale) {
  using Ciphertext = typename Backend::Ciphertext;
  const InputFacts input = facts_of_input(he, x);
  const bool has_scale = scales_agree(input.scale, scale);
  const int until = has_scale || input.level == level ? level : level + 1;
  Ciphertext value = with_input(he, x, input, until, [](const Ciphertext& ready) { return ready; });
  if (has_scale) return value;
  if (input.level == level) {
    throw wrong_scale(name + ": the inputs have no level to be brought to the scale of the larger");
  }
  const double factor = scale * he.modulus_at(level + 1) / he.scale(value);
  value = he.rescale(he.multiply_plain(value, he.encode(1, level + 1, factor)));
  he.set_scale(value, scale);
  return value;
}

// `x` at a whole multiple of its scale, as large as still reads off this half width: what is made
// of it keeps that scale, and is rounded as finely.
template <class Backend>
typename Backend::Ciphertext at_largest_scale(Backend& he, const typename Backend::Ciphertext& x,
                                              double half_width) {
  if constexpr (manages_scales<Backend>::value || prescribes_scales<Backend>::value) {
    return x;
  } else {
    const InputFacts input = facts_of_input(he, x);
    if (input.level == 0 || input.due > 0) return x;
    constexpr double most = 1024.0 * 1024;  // chosen: as of `enlargement`
    const double room = he.modulus_at(input.level) / half_width / input.scale;
    if (room < 2) return x;
    const int factor = static_cast<int>(std::min(room, most));
    typename Backend::Ciphertext finer = he.multiply_integer(x, factor);
    he.set_scale(finer, input.scale * factor);
    return finer;
  }
}

}  // namespace detail

/// What argmax_of_slots takes, of `x` as it is: nothing is computed. `rounds` are those of max.
/// Throws as argmax_of_slots, but where levels are lacking.
template <class Max, class Compare, class Backend>
MaxOfSlotsCost cost_of_argmax_of_slots(Backend& he, const typename Backend::Ciphertext& x,
                                       int count) {
  static_assert(Max::inputs == 2 && Compare::inputs == 2,
                "argmax of slots needs the plans of max and of compare");
  MaxOfSlotsCost cost = cost_of_max_of_slots<Max>(he, x, count);
  cost.key_switches += Compare::key_switches;
  if constexpr (detail::manages_scales<Backend>::value) {
    cost.levels += detail::directly_required_levels<Backend>(Compare{});
  } else {
    const detail::Recording compare = detail::taken_by<Backend>(Compare{});
    detail::InputFacts input = detail::facts_of_input(he, x);
    if (cost.rounds > 0) input.due = 0;  // max has rescaled it
    cost.levels +=
        detail::Fitting<Backend>::levels_needed(he, compare.facts, compare.operations, input);
  }
  return cost;
}

/// About 1 in the slots that hold the largest of `count` slots, 0 in the others: x + distance / 2
/// is compared with the largest, by the plans of an emitted max and an emitted compare.
///
/// The slots repeat with the period `count`, or are no more, so that `rotate`, as of max_of_slots,
/// goes around. The largest is above all others by at least `distance`: where half of that is no
/// less than the gap of compare and the error of the largest (rounds times the claim of max), every
/// slot is off by no more than the claim of compare. Its range holds the differences of the slots
/// and half of the distance. The result has the scale of x or, where that leaves room, a whole
/// multiple of it. Throws as max_of_slots, before any work.
template <class Max, class Compare, class Backend, class Rotate>
typename Backend::Ciphertext argmax_of_slots(Backend& he, const typename Backend::Ciphertext& x,
                                             int count, double distance, const Rotate& rotate) {
  using Ciphertext = typename Backend::Ciphertext;
  if (!(distance > 0)) throw evaluation_error("argmax of slots: the distance must be above 0");
  const MaxOfSlotsCost cost = cost_of_argmax_of_slots<Max, Compare>(he, x, count);
  if (!detail::can_refresh<Backend>::value && he.level(x) < cost.levels) {
    throw not_enough_levels(std::string(Max::name) + " and " + Compare::name, cost.levels,
                            he.level(x), " for argmax of " + std::to_string(count) + " slots");
  }
  const Ciphertext fine =
      detail::at_largest_scale(he, x, std::max(Max::half_width, Compare::half_width));
  const Ciphertext largest = max_of_slots<Max>(he, fine, count, rotate);
  const auto compared = [&](const Ciphertext& ready, double scale) {
    const auto half = he.encode(distance / 2, he.level(ready), scale);
    return evaluate<Compare>(he, he.add_plain(ready, half), largest);
  };
  if constexpr (detail::manages_scales<Backend>::value) {
    return compared(fine, 1);
  } else {
    const double scale = he.scale(largest);
    return compared(detail::brought_to(he, Compare::name, fine, he.level(largest), scale), scale);
  }
}

template <class Ciphertext>
struct Ordered {
  Ciphertext smaller;
  Ciphertext larger;
};

/// The smaller and the larger of two inputs, slot by slot, by one sign: `Plan` is that of an
/// emitted max, and min(a, b) = a + b - max(a, b), so that both are off by no more than its claim.
/// Levels and key switches are those of max alone: required_levels<my_max::Plan>(he, a). Where the
/// library prescribes scales, a scalar product and a rescaling besides, which take no level. Throws
/// as evaluate, before any work.
template <class Plan, class Backend>
Ordered<typename Backend::Ciphertext> compare_and_swap(Backend& he,
                                                       const typename Backend::Ciphertext& a,
                                                       const typename Backend::Ciphertext& b) {
  static_assert(Plan::inputs == 2, "compare_and_swap needs the plan of max");
  using Ciphertext = typename Backend::Ciphertext;
  Ciphertext larger = evaluate<Plan>(he, a, b);
  if constexpr (detail::manages_scales<Backend>::value) {
    Ciphertext smaller = he.sub(he.add(a, b), larger);
    return {std::move(smaller), std::move(larger)};
  } else {
    const auto brought = [&](const Ciphertext& x) {
      return detail::brought_to(he, Plan::name, x, he.level(larger), he.scale(larger));
    };
    Ciphertext smaller = he.sub(he.add(brought(a), brought(b)), larger);
    return {std::move(smaller), std::move(larger)};
  }
}

}  // namespace equiripple
