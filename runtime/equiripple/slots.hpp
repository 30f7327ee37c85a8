// The largest of neighbouring slots, as pooling layers need it.
#pragma once

#include <string>

#include "errors.hpp"
#include "evaluate.hpp"

namespace equiripple {

/// Comparisons one after another for windows of `count` slots; each takes the levels of the plan.
inline int rounds_of_max(int count) {
  int rounds = 0;
  for (int window = 1; window < count; window *= 2) ++rounds;
  return rounds;
}

/// In slot i the largest of slots i, i + 1, ..., i + count - 1, for any count of 1 or more.
///
/// `Plan` is that of an emitted max: max_of_slots<my_max::Plan>(he, x, 4, rotate). `rotate(x, k)`
/// brings slot i + k to slot i (rotation to the left), by the caller's rotation keys: for steps 1,
/// 2, 4, ... below count, and the rest for a count that is no power of two. The range of the plan
/// must hold the differences of the slots, with the errors of the rounds before. Throws as
/// evaluate; all levels are checked before the first rotation.
template <class Plan, class Backend, class Rotate>
typename Backend::Ciphertext max_of_slots(Backend& he, const typename Backend::Ciphertext& x,
                                          int count, const Rotate& rotate) {
  static_assert(Plan::inputs == 2, "the largest of slots needs the plan of max (or min)");
  if (count < 1) {
    throw evaluation_error("the largest of " + std::to_string(count) +
                           " slots: there must be one or more");
  }
  if constexpr (!detail::can_refresh<Backend>::value) {
    const int needed = rounds_of_max(count) * Plan::levels;
    if (he.level(x) < needed) throw not_enough_levels(Plan::name, needed, he.level(x));
  }
  typename Backend::Ciphertext largest = x;
  for (int window = 1; window < count;) {
    const int step = window <= count - window ? window : count - window;
    largest = evaluate<Plan>(he, largest, rotate(largest, step));
    window += step;
  }
  return largest;
}

}  // namespace equiripple
