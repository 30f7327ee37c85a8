// The only place that says `proved`: enclosures of the error of stored polynomials.
#pragma once

#include <optional>
#include <string>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

inline constexpr int default_tightness_log2 = -10;
inline constexpr int highest_tightness_log2 = -38;  // what double carries in the last step

struct Certificate {
  ErrorEnclosure error;  // proved where `holds`; ends are binary64 numbers, rounded outward
  bool holds = false;
  Rational at;         // where `attained` is reached, or where the proof stopped
  std::string detail;  // for people, where it does not hold
};

/// Encloses max |weight (target - stored)| over request.domain, which lies inside the basis of
/// `stored`. The reference of `solved` serves the lower bound and tells where to look first;
/// without it, or where it is no alternation, the lower bound is 0. upper / attained - 1 is at most
/// 2^tightness_log2.
[[nodiscard]] Certificate certify(const MinimaxRequest& request, const ChebyshevSeries& stored,
                                  const MinimaxResult& solved,
                                  int tightness_log2 = default_tightness_log2);

/// Whether |weight (target - stored)| stays at or below `limit` there: holds, or a point where it
/// does not (error.attained > limit), or neither (error.attained <= limit).
[[nodiscard]] Certificate certify_limit(const MinimaxRequest& request,
                                        const ChebyshevSeries& stored, const Rational& limit);

/// The values of the polynomial on the domain, which lies inside its basis: proved, ends rounded
/// outward to binary64, at most 2^-20 of the coefficients' sum too wide. Empty where no proof was
/// found.
[[nodiscard]] std::optional<Interval> proved_range(const ChebyshevSeries& polynomial,
                                                   const Domain& domain);

/// Whether the polynomial stays inside `range` on the domain; `at` is a point where it does not.
[[nodiscard]] Certificate certify_range(const ChebyshevSeries& polynomial, const Domain& domain,
                                        const Interval& range);

}  // namespace equiripple
