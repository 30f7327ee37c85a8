// Bounds as derived in the header, every rounding outward.
#include "generator/slots/normalised_powers.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/iteration/enclosure.hpp"

namespace equiripple {
namespace {

Rational up(const Rational& q) { return round_to_bits(q, enclosure_bits, Rounding::up); }

// tanh(2^k atanh(d)).
Rational doubled(Rational d, int times) {
  for (int i = 0; i < times; ++i) d = up(2 * d / (1 + d * d));
  return std::min(d, Rational(1));
}

// Of two slots the largest ratio, after so many squarings.
Rational largest_ratio(const NormalisedPowers& form, int squarings, const Rational& exp_error) {
  // tanh(a) = d makes e^(2 a) = (1 + d) / (1 - d).
  const Rational d = doubled(exp_error, squarings);
  if (d >= 1) return beyond_all_claims();
  constexpr int largest_exponent = 44;  // below the logarithm of beyond_all_claims()
  const Rational exponent = 2 * form.range * form.scale * power_of_two(squarings);
  if (exponent > largest_exponent) return beyond_all_claims();
  return std::min(up(exponential_of(exponent).upper * (1 + d) / (1 - d)), beyond_all_claims());
}

// No share is larger. Beyond the largest ratio that is followed it may be anything up to 1.
Rational largest_share(const NormalisedPowers& form, int squarings, const Rational& exp_error) {
  const Rational ratio = largest_ratio(form, squarings, exp_error);
  if (ratio >= beyond_all_claims()) return 1;
  return up(ratio / (ratio + form.length - 1));
}

// Of the slot that is the gap above all others, at least; 0 where there is no gap.
Rational share_of_largest(const NormalisedPowers& form, int squarings, const Rational& exp_error) {
  const Rational d = doubled(exp_error, squarings);
  if (form.gap == 0 || d >= 1) return 0;
  constexpr int largest_exponent = 1000;  // e^-1000 is below all that is claimed
  const Rational exponent = std::min(Rational(form.gap * form.scale * power_of_two(squarings)),
                                     Rational(largest_exponent));
  const Rational others = (form.length - 1) * exponential_of(-exponent).upper * (1 + d) / (1 - d);
  return round_to_bits(1 / (1 + others), enclosure_bits, Rounding::down);
}

// The sum of the squares of all shares is not below this.
Rational least_squares(const NormalisedPowers& form, int squarings, const Rational& exp_error) {
  const Rational equal(1, form.length);
  const Rational share = share_of_largest(form, squarings, exp_error);
  if (share <= equal) return equal;
  return share * share + (1 - share) * (1 - share) / (form.length - 1);
}

Interval softmax_target(const NormalisedPowers& form, const Population& slots, std::size_t kind) {
  const Rational power = form.scale * power_of_two(form.squarings);
  Interval sum{0, 0};
  for (const SlotsOfOneKind& other : slots) {
    const Interval e = exponential_of(power * (other.value - slots[kind].value));
    sum = {sum.lower + e.lower * other.count, sum.upper + e.upper * other.count};
  }
  return quotient_of({1, 1}, sum);
}

std::vector<Interval> targets_of(const PowersClaim& claim, const Population& slots) {
  std::vector<Interval> targets;
  for (std::size_t kind = 0; kind < slots.size(); ++kind) {
    const Rational one_hot = kind == 0 ? 1 : 0;
    targets.push_back(claim.form.gap > 0 ? Interval{one_hot, one_hot}
                                         : softmax_target(claim.form, slots, kind));
  }
  return targets;
}

// One slot above all others, by more and more; and, of softmax, all equal.
std::vector<Population> populations_of(const PowersClaim& claim) {
  const Rational& range = claim.form.range;
  const long others = claim.form.length - 1;
  if (claim.form.gap > 0) {
    return {{{claim.form.gap - range, 1}, {-range, others}},
            {{range, 1}, {range - claim.form.gap, others}}};
  }
  std::vector<Population> all = {{{-range, 1 + others}}, {{range, 1 + others}}};
  constexpr int points = 16;  // chosen: the largest of so many is near the largest of all
  for (int i = 0; i < points; ++i) {
    all.push_back({{range, 1}, {range * (2 * i - points) / points, others}});
  }
  return all;
}

}  // namespace

NormalisedPowers with_offset(NormalisedPowers form) {
  using Number = Real<256>;
  const Number largest = from_rational<Number>(form.range * form.scale);
  const Number length = from_rational<Number>(Rational(form.length) / largest_sum());
  form.offset = Rational(to_double(to_rational(Number(-largest - real_log(length)))));
  return form;
}

Interval exponents_of(const NormalisedPowers& form) {
  const Rational reach = form.range * form.scale;
  return {form.offset - reach, form.offset + reach};
}

SlotSteps steps_of(const NormalisedPowers& form) {
  SlotSteps steps;
  const auto add = [&](const SlotStep& step) {
    steps.push_back(step);
    return static_cast<int>(steps.size());
  };
  const int read =
      add({.operation = SlotOperation::read, .scale = form.scale, .offset = form.offset});
  int value = add({.operation = SlotOperation::part, .left = read, .part = 0});
  for (int i = 0; i <= form.squarings; ++i) {
    if (i > 0) value = add({.operation = SlotOperation::square, .left = value});
    const int sum = add({.operation = SlotOperation::sum, .left = value});
    const int inverse = add({.operation = SlotOperation::part, .left = sum, .part = i + 1});
    value = add({.operation = SlotOperation::product, .left = value, .right = inverse});
  }
  return steps;
}

Interval sum_before(const NormalisedPowers& form, int index, const Rational& exp_error,
                    const Rational& last_error) {
  if (index == 0) {
    const Interval exponents = exponents_of(form);
    return shortened({form.length * exponential_of(exponents.lower).lower * (1 - exp_error),
                      form.length * exponential_of(exponents.upper).upper * (1 + exp_error)});
  }
  const Rational least = 1 - last_error;
  const Rational most = 1 + last_error;
  return shortened({least * least * least_squares(form, index - 1, exp_error),
                    most * most * largest_share(form, index - 1, exp_error)});
}

Rational softmax_bound(const NormalisedPowers& form, const Rational& exp_error,
                       const Rational& last_error) {
  const Rational d = doubled(exp_error, form.squarings);
  const Rational moved = d / (2 - d * d);
  return up(moved + last_error * largest_share(form, form.squarings, exp_error));
}

Rational argmax_bound(const NormalisedPowers& form, const Rational& exp_error,
                      const Rational& last_error) {
  const Rational others = 1 - share_of_largest(form, form.squarings, exp_error);
  return up(others + last_error);
}

Rational powers_bound(const NormalisedPowers& form, const Rational& exp_error,
                      const Rational& last_error) {
  return form.gap > 0 ? argmax_bound(form, exp_error, last_error)
                      : softmax_bound(form, exp_error, last_error);
}

Rational attained_by_powers(const PowersClaim& claim) {
  const SlotSteps steps = steps_of(claim.form);
  Rational attained = 0;
  for (const Population& slots : populations_of(claim)) {
    attained = std::max(attained, sure_distance(values_of_slots(steps, claim.parts, slots),
                                                targets_of(claim, slots)));
  }
  return attained;
}

ErrorEnclosure certify_powers(const PowersClaim& claim) {
  const Rational upper = powers_bound(claim.form, claim.exp_error, claim.last_error);
  const Rational attained = attained_by_powers(claim);
  return rounded_outward(ErrorEnclosure{
      .lower = attained, .attained = attained, .upper = upper, .evidence = Evidence::proved});
}

}  // namespace equiripple
