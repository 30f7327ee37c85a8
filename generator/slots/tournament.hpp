// The largest of many slots: rounds of max of a slot and another, windows of slots doubling.
//
// Slots are read as s x, so that two of them differ by at most 1, which is what max is made for. A
// round is M(a, b) with |M(a, b) - max(a, b)| <= e for |a - b| <= 1. What moves the arguments of
// max by d moves it by d or less, so that after j rounds and m refreshes, each of which adds N or
// less, a slot is off by at most j e + m N, and two slots differ by at most 2 s R + 2 (j e + m N).
// The last round is multiplied by f, about 1 / s: the error is at most f (r e + m N) + |f s - 1| R
// after r rounds. [all proved]
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "generator/domain.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/slots/slot_steps.hpp"

namespace equiripple {

struct Tournament {
  long length = 2;                // slots, at least 2
  Rational range = 1;             // R: |x| is at most this
  Rational scale = 1;             // s, binary64
  Rational factor = 1;            // f, binary64
  std::vector<bool> refreshed{};  // of each round, whether what it takes is refreshed; or empty
  SlotRefresh refresh{};          // each; its noise is N
};

/// How far each round rotates: 1, 2, 4, ... and what is left; slot i then has the largest of slots
/// i, i + 1, ..., i + length - 1.
[[nodiscard]] std::vector<int> rotations_of_rounds(long length);

/// read, and of each round rotate and pair; a first refresh is of the input, which is then scaled.
[[nodiscard]] SlotSteps steps_of(const Tournament& form);

/// A bound of the error of a slot, where max is off by at most `error` for differences up to 1.
/// None where two slots may differ by more.
[[nodiscard]] std::optional<Rational> tournament_bound(const Tournament& form,
                                                       const Rational& error);

/// A function of two, of all values in two intervals.
using PairFunction = std::function<Interval(const Interval& a, const Interval& b)>;

/// What is sure to be attained at one of a few inputs: a slot above all others, which are equal.
[[nodiscard]] Rational attained_by_tournament(const Tournament& form, const PairFunction& max);

/// `upper` is the bound, where there is one; lower = attained. `error` is proved, of max.
[[nodiscard]] std::optional<ErrorEnclosure> certify_tournament(const Tournament& form,
                                                               const Rational& error,
                                                               const PairFunction& max);

}  // namespace equiripple
