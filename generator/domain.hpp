// Where an approximation is asked for: a union of closed intervals with exact end points.
#pragma once

#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

struct Interval {
  Rational lower;
  Rational upper;  // above lower
};

/// Ascending; neighbours may touch but not overlap.
using Domain = std::vector<Interval>;

enum class DomainDefect {
  none,
  empty,        // no interval
  no_length,    // an interval whose ends are equal
  reversed,     // an interval whose lower end is above its upper end
  overlapping,  // two neighbours that overlap, or are not in ascending order
  too_large,    // an end beyond 2^largest_end_log2
};

inline constexpr long largest_end_log2 = 400;  // chosen: squares stay in binary64

struct DomainCheck {
  DomainDefect defect = DomainDefect::none;
  std::size_t interval = 0;  // the index of the (second) offending interval
};

[[nodiscard]] DomainCheck check(const Domain& domain);

/// Whether -x is in the domain for every x that is.
[[nodiscard]] bool is_symmetric(const Domain& domain);

/// The smallest domain with binary64 end points that contains this one.
[[nodiscard]] Domain rounded_outward(const Domain& domain);

/// An interval for a Chebyshev series on this domain: its hull, or a little more, with binary64 end
/// points whose sum and difference binary64 holds as well. Symmetric where the domain is.
[[nodiscard]] Interval basis_for(const Domain& domain);

/// From the lowest to the highest end.
[[nodiscard]] Interval hull(const Domain& domain);

}  // namespace equiripple
