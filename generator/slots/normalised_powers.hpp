// softmax and argmax: exponentials of the slots, normalised, and squared and normalised again.
//
// Let y_i = exp(s x_i + c) (1 + d_i) with |d_i| <= D, for |x_i| <= R. One over the sum of the y_i,
// to a relative error, times each y_i are shares of about 1 together; squared and normalised again
// K times they are those of exp(2^K s x_i) [CHP24]. With s = 2^-K that is softmax.
//
// What normalises multiplies all slots by one factor, which the next normalisation takes out again:
// but the last, of relative error r, their errors only move the sums. So if
// t_i = (1 + d_i)^(2^K) lies within [l, u], the shares that are normalised last are
// e_i t_i / sum e_j t_j. The share of e_i is moved the furthest where t_i = u and all others are l
// (or the reverse), and then, over all shares, by (q - 1) / (q + 1) with q = sqrt(u / l): that is
// tanh(2^(K-1) atanh(D)), which D <- 2 D / (1 + D^2), K times, and tanh(a / 2) <= tanh(a) /
// (2 - tanh(a)^2) bound in rationals. The last normalisation adds r times the share. [all proved]
//
// Sums: of the first, exp(s x + c) at the ends, n times. After a normalisation the y_i are positive
// of sum S in [1 - r, 1 + r], and no two of them have a larger ratio than q; so the sum of their
// squares is at least S^2 / n, and at most S^2 times the largest share, 1 / (1 + (n - 1) / q).
// Where one x is a gap g above all others its share is m = 1 / (1 + (n - 1) e^(-g ...)) or more,
// and with it the squares are m^2 + (1 - m)^2 / (n - 1) or more, where that is above 1 / n.
#pragma once

#include <vector>

#include "generator/domain.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/slots/population.hpp"
#include "generator/slots/slot_steps.hpp"

namespace equiripple {

struct NormalisedPowers {
  long length = 2;      // slots, at least 2
  Rational range = 1;   // |x| is at most this
  Rational scale = 1;   // s, a power of two
  Rational offset = 0;  // c, binary64
  int squarings = 0;    // K
  Rational gap = 0;     // of argmax: by which the largest x is above all others; 0: of softmax
};

/// With the offset at which the first sum is at most largest_sum(), or about.
[[nodiscard]] NormalisedPowers with_offset(NormalisedPowers form);

/// Of s x + c.
[[nodiscard]] Interval exponents_of(const NormalisedPowers& form);

/// read, exp, and so on: the parts are exp and squarings + 1 times 1/x.
[[nodiscard]] SlotSteps steps_of(const NormalisedPowers& form);

/// What the normalisation of this index, from 0, takes one over of, where exp has a relative error
/// of at most `exp_error`, below 1, and the normalisation before it `last_error`.
[[nodiscard]] Interval sum_before(const NormalisedPowers& form, int index,
                                  const Rational& exp_error, const Rational& last_error);

/// Bounds of the error of a slot; `last_error` is that of the last 1/x, below 1.
[[nodiscard]] Rational softmax_bound(const NormalisedPowers& form, const Rational& exp_error,
                                     const Rational& last_error);
/// Against 1 in the slot that is the gap or more above all others, and 0 in these.
[[nodiscard]] Rational argmax_bound(const NormalisedPowers& form, const Rational& exp_error,
                                    const Rational& last_error);
/// The one or the other, as there is a gap.
[[nodiscard]] Rational powers_bound(const NormalisedPowers& form, const Rational& exp_error,
                                    const Rational& last_error);

struct PowersClaim {
  NormalisedPowers form{};
  Rational exp_error{};   // proved, of the part
  Rational last_error{};  // likewise
  std::vector<SlotFunction> parts{};
};

/// `upper` is the bound above; `attained` is sure at one of a few inputs; lower = attained.
[[nodiscard]] ErrorEnclosure certify_powers(const PowersClaim& claim);

/// What is sure to be attained alone.
[[nodiscard]] Rational attained_by_powers(const PowersClaim& claim);

}  // namespace equiripple
