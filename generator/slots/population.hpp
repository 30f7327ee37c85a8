// A function of many slots on a few kinds of slots: slots of one kind hold the same value.
//
// Intervals go through the steps, so that what comes out holds the exact values: for lower bounds
// of an error, where no more than some points are looked at.
#pragma once

#include <functional>
#include <vector>

#include "generator/domain.hpp"
#include "generator/iteration/corrections.hpp"
#include "generator/slots/slot_steps.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

/// A function of one slot, of all values in an interval.
using SlotFunction = std::function<Interval(const Interval& x)>;

/// A polynomial, and squares after it.
[[nodiscard]] SlotFunction squared_polynomial(const ChebyshevSeries& polynomial, int squares);

/// 1/x or 1/sqrt(x): a start and its corrections. Of what holds no positive numbers alone, nothing
/// is known.
[[nodiscard]] SlotFunction corrected_start(CorrectionMap map, const CorrectionScalars& scalars,
                                           const ChebyshevSeries& start);

struct SlotsOfOneKind {
  Rational value;
  long count = 1;
};

using Population = std::vector<SlotsOfOneKind>;

/// Of each kind, what the last step has in its slots. Steps that rotate are none of these: throws
/// std::logic_error.
[[nodiscard]] std::vector<Interval> values_of_slots(const SlotSteps& steps,
                                                    const std::vector<SlotFunction>& parts,
                                                    const Population& slots);

/// The largest distance of a value from its target that is sure.
[[nodiscard]] Rational sure_distance(const std::vector<Interval>& values,
                                     const std::vector<Interval>& targets);

/// e^x, enclosed to 256 bits.
[[nodiscard]] Interval exponential_of(const Rational& x);

/// x / y for positive y.
[[nodiscard]] Interval quotient_of(const Interval& x, const Interval& y);

}  // namespace equiripple
