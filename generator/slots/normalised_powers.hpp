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
// Where one x is a gap g above all others its share is m = 1 / (1 + (n - 1) h) or more, where no
// other is above h = e^(-g ...) of it, and with it the squares are m^2 + (1 - m)^2 / (n - 1) or
// more, where that is above 1 / n.
//
// A refresh adds N or less to each value, which is in [-1, 1]: to the least, a, relative to it
// N / a. Only ratios count, so that D <- (D + N / a) / (1 + D N / a), as tanh adds. Of argmax that
// is asked too much, since small values may be anything small: h <- (h + N / m) / (1 - N / m),
// where m is the least that the largest value may be, and squares make h^2 of it. The input that is
// refreshed moves exponents by s N / w, where w x is what is refreshed: D and h as a factor of
// e^(2 s N / w) makes them. [all proved]
#pragma once

#include <optional>
#include <vector>

#include "generator/domain.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/slots/population.hpp"
#include "generator/slots/slot_steps.hpp"

namespace equiripple {

/// Of values v, which are squared before all but the first: factor / sum_scale times their shares.
struct Normalisation {
  bool is_refreshed = false;  // v, before it is squared
  Rational sum_scale = 1;     // of the sum, before 1/x of it: a level where it is not 1; binary64
  Rational factor = 1;        // of the product; of the last sum_scale; binary64
};

struct NormalisedPowers {
  long length = 2;      // slots, at least 2
  Rational range = 1;   // |x| is at most this
  Rational scale = 1;   // s, a power of two of softmax
  Rational offset = 0;  // c, binary64
  int squarings = 0;    // K
  Rational gap = 0;     // of argmax: by which the largest x is above all others; 0: of softmax

  Rational input_scale = 0;                 // w, a power of two; 0: the input is not refreshed
  std::vector<Normalisation> normalised{};  // K + 1; empty: none is refreshed
  SlotRefresh refresh{};                    // each; its noise is N
};

/// With the offset at which the first sum is at most largest_sum(), or about; where the first
/// values are refreshed, at which these are at most 1, with room for an error of 2^-5.
[[nodiscard]] NormalisedPowers with_offset(NormalisedPowers form);

/// With the scale of an input that is refreshed.
[[nodiscard]] NormalisedPowers with_refreshed_input(NormalisedPowers form);

/// Of s x + c, with what a refresh of the input adds.
[[nodiscard]] Interval exponents_of(const NormalisedPowers& form);

/// read, exp, and so on: the parts are exp and squarings + 1 times 1/x.
[[nodiscard]] SlotSteps steps_of(const NormalisedPowers& form);

/// Of what the parts have proved, relative: of exp, below 1, and of as many 1/x as are known.
struct PowersErrors {
  Rational exp;
  std::vector<Rational> inverses{};
};

/// What normalisation `index`, from 0, takes one over of; of errors, those before it count. None
/// where the noise of a refresh is as large as what it is added to, or a value that is refreshed
/// may be above 1.
[[nodiscard]] std::optional<Interval> sum_before(const NormalisedPowers& form, int index,
                                                 const PowersErrors& errors);

/// The largest that a value of normalisation `index` may be before it is refreshed, were its factor
/// as sum_scale. None as above.
[[nodiscard]] std::optional<Rational> largest_value(const NormalisedPowers& form, int index,
                                                    const PowersErrors& errors);

/// A bound of the error of a slot, of softmax or, where there is a gap, of argmax: against 1 in the
/// slot that is the gap or more above all others, and 0 in these. All errors are below 1. None as
/// above.
[[nodiscard]] std::optional<Rational> powers_bound(const NormalisedPowers& form,
                                                   const PowersErrors& errors);

struct PowersClaim {
  NormalisedPowers form{};
  PowersErrors errors{};  // proved, of the parts
  std::vector<SlotFunction> parts{};
};

/// `upper` is the bound above, where there is one; `attained` is sure at one of a few inputs; lower
/// = attained.
[[nodiscard]] std::optional<ErrorEnclosure> certify_powers(const PowersClaim& claim);

/// What is sure to be attained alone.
[[nodiscard]] Rational attained_by_powers(const PowersClaim& claim);

}  // namespace equiripple
