// Corrections of a start, whichever iteration they are: their scalars, and what they make of the
// error of the start.
#pragma once

#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/iteration/goldschmidt.hpp"
#include "generator/iteration/newton_root.hpp"

namespace equiripple {

enum class CorrectionMap : unsigned char {
  inverse,  // goldschmidt.hpp
  root,     // newton_root.hpp
};

inline constexpr int most_corrections = 24;  // chosen: a line becomes a degree of 2^25 - 1

struct CorrectionScalars {
  GoldschmidtScalars inverse{};  // of CorrectionMap::inverse
  std::vector<RootStep> root{};  // of CorrectionMap::root
};

/// The best for a start of relative error at most `start_error`, below 1.
[[nodiscard]] CorrectionScalars correction_scalars(CorrectionMap map, const Rational& start_error,
                                                   int corrections);

/// A proved bound of the relative error of the result, whatever the scalars.
[[nodiscard]] Rational bound_after(CorrectionMap map, const CorrectionScalars& scalars,
                                   const Rational& start_error);

/// A lower bound of the relative error of the result at x, from the start's exact value: x is not
/// 0, and for roots above it.
[[nodiscard]] Rational error_after(CorrectionMap map, const CorrectionScalars& scalars,
                                   const ChebyshevSeries& start, const Rational& x);

/// An enclosure of what the corrections make of s = x p(x), or sqrt(x) p(x): 1 where it is exact.
[[nodiscard]] Interval value_after(CorrectionMap map, const CorrectionScalars& scalars,
                                   const Interval& s);

/// A bound of the terms of every sum that the corrections make on this domain, for roots with
/// lower > 0; for sqrt(x) as well as 1/sqrt(x).
[[nodiscard]] Rational correction_growth(CorrectionMap map, const CorrectionScalars& scalars,
                                         const Rational& start_error, const Interval& domain);

}  // namespace equiripple
