// RMSNorm and LayerNorm: x / sqrt(mean of x^2), and (x - mean) / sqrt(variance).
//
// Let z be n x - sum(x) of LayerNorm and x of RMSNorm: n d or x, where d has mean 0. The program
// takes w z, the sum S of its squares, y = 1/sqrt(S) of relative error at most r, and F w z y. With
// m = n^3 of LayerNorm and n of RMSNorm, S = w^2 m v, where v is the variance or the mean of the
// squares; so the result is (F / sqrt(n)) (1 + r) times what it should be, whose size is at most
// sqrt(n - 1) of LayerNorm, where one slot is apart from all others, and sqrt(n) of RMSNorm.
// [proved]
//
// A refresh adds N or less to each value. Of w z it moves the root of the sum of squares, a norm,
// by sqrt(n) N at most; of S the sum by N. So the program takes the root of T, within (sqrt(S) -+
// sqrt(n) N)^2 -+ N, and sqrt(T / S) is the furthest from 1 where S is least; what was added to w z
// itself comes out as F N y at most. [proved]
#pragma once

#include <optional>

#include "generator/domain.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/slots/population.hpp"
#include "generator/slots/slot_steps.hpp"

namespace equiripple {

struct UnitVariance {
  long length = 2;       // n, at least 2
  bool centred = false;  // LayerNorm
  Interval variance{};   // of v; lower > 0
  Rational scale = 1;    // w, binary64, above 0
  Rational factor = 1;   // F, binary64: about sqrt(n)

  SlotRefresh refresh{};           // each; its noise is N
  bool refreshes_slots = false;    // w z
  bool refreshes_squares = false;  // S
};

/// With the scale at which the largest S is about largest_sum(), or what is refreshed at most 1,
/// and the factor.
[[nodiscard]] UnitVariance with_scale(UnitVariance form);

/// The only part is 1/sqrt(x).
[[nodiscard]] SlotSteps steps_of(const UnitVariance& form);

/// T, of which the part takes the root. None where the noise of a refresh is as large as what it is
/// added to, or a value that is refreshed may be above 1.
[[nodiscard]] std::optional<Interval> squares_of(const UnitVariance& form);

/// A bound of the error of a slot; `root_error` is that of the part. None as above.
[[nodiscard]] std::optional<Rational> unit_variance_bound(const UnitVariance& form,
                                                          const Rational& root_error);

/// As certify_powers; attained where one slot is apart from all others.
[[nodiscard]] std::optional<ErrorEnclosure> certify_unit_variance(const UnitVariance& form,
                                                                  const Rational& root_error,
                                                                  const SlotFunction& root);
[[nodiscard]] Rational attained_by_unit_variance(const UnitVariance& form,
                                                 const SlotFunction& root);

}  // namespace equiripple
