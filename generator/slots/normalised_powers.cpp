// Bounds as derived in the header, every rounding outward.
#include "generator/slots/normalised_powers.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/iteration/enclosure.hpp"
#include "generator/slots/refresh_room.hpp"

namespace equiripple {
namespace {

Rational up(const Rational& q) { return round_to_bits(q, enclosure_bits, Rounding::up); }

Rational down(const Rational& q) { return round_to_bits(q, enclosure_bits, Rounding::down); }

// tanh(2 atanh(d)).
Rational doubled(const Rational& d) { return std::min(up(2 * d / (1 + d * d)), Rational(1)); }

// tanh(atanh(a) + atanh(b)).
Rational joined(const Rational& a, const Rational& b) {
  return b == 0 ? a : std::min(up((a + b) / (1 + a * b)), Rational(1));
}

// Of two slots the largest ratio, after so many squarings.
Rational largest_ratio(const NormalisedPowers& form, int squarings, const Rational& spread) {
  // tanh(a) = d makes e^(2 a) = (1 + d) / (1 - d).
  if (spread >= 1) return beyond_all_claims();
  constexpr int largest_exponent = 44;  // below the logarithm of beyond_all_claims()
  const Rational exponent = 2 * form.range * form.scale * power_of_two(squarings);
  if (exponent > largest_exponent) return beyond_all_claims();
  return std::min(up(exponential_of(exponent).upper * (1 + spread) / (1 - spread)),
                  beyond_all_claims());
}

// By how much a refresh of the input moves exponents.
Rational shift_of(const NormalisedPowers& form) {
  return form.input_scale > 0 ? Rational(added_by(form.refresh) * form.scale / form.input_scale)
                              : Rational(0);
}

Normalisation normalisation_of(const NormalisedPowers& form, int index) {
  return form.normalised.empty() ? Normalisation{}
                                 : form.normalised[static_cast<std::size_t>(index)];
}

// What is known of the values that are normalised next, or squared before that.
struct Values {
  int squarings = 0;    // that have made them
  Rational spread{};    // D: 1 where nothing is known
  Rational others = 1;  // h: of argmax, of the largest value at most
  Interval each{};
  Interval sum{};            // its upper end bounds the sum of the sizes as well
  Rational largest_least{};  // the largest value is no less

  // No share is larger. Beyond the largest ratio that is followed it may be anything up to 1.
  [[nodiscard]] Rational largest_share(const NormalisedPowers& form) const {
    const Rational ratio = largest_ratio(form, squarings, spread);
    if (ratio >= beyond_all_claims()) return 1;
    return up(ratio / (ratio + form.length - 1));
  }
  [[nodiscard]] Rational smallest_share(const NormalisedPowers& form) const {
    const Rational ratio = largest_ratio(form, squarings, spread);
    if (ratio >= beyond_all_claims()) return 0;
    return down(1 / (1 + (form.length - 1) * ratio));
  }
  // Of the slot that is the gap above all others, at least; of any largest one.
  [[nodiscard]] Rational share_of_largest(const NormalisedPowers& form) const {
    const Rational equal(1, form.length);
    if (form.gap == 0) return equal;
    return std::max(equal, down(1 / (1 + (form.length - 1) * others)));
  }
};

std::optional<Values> first_values(const NormalisedPowers& form, const Rational& exp_error) {
  const Rational shift = shift_of(form);
  if (shift >= 1) return std::nullopt;
  Values values{.spread = joined(exp_error, shift)};
  const Interval exponents = exponents_of(form);
  values.each = {exponential_of(exponents.lower).lower * (1 - exp_error),
                 exponential_of(exponents.upper).upper * (1 + exp_error)};
  values.sum = times(values.each, Rational(form.length));
  const Rational step = form.gap * form.scale;
  values.largest_least = down(exponential_of(exponents.lower + step).lower * (1 - exp_error));
  if (form.gap > 0 && values.spread < 1) {
    values.others = up(exponential_of(-step).upper * (1 + values.spread) / (1 - values.spread));
  }
  return values;
}

// False where it must not be refreshed.
bool refresh(const NormalisedPowers& form, Values& values) {
  const Rational noise = added_by(form.refresh);
  if (values.each.upper > most_refreshed() || values.largest_least <= noise) return false;
  const bool keeps_ratios = values.each.lower > noise;
  if (form.gap == 0 || values.squarings == 0) {
    if (!keeps_ratios) return false;  // not squared next, values must stay above 0
  }
  if (form.gap > 0) {
    const Rational relative = noise / values.largest_least;
    values.others = up((values.others + relative) / (1 - relative));
    if (values.others >= 1) return false;
  }
  values.spread = keeps_ratios ? joined(values.spread, up(noise / values.each.lower)) : Rational(1);
  values.each = {values.each.lower - noise, values.each.upper + noise};
  values.sum = {values.sum.lower - form.length * noise, values.sum.upper + form.length * noise};
  values.largest_least -= noise;
  return true;
}

// The sum of the squares: at least what its mean and its largest make of it.
void square(const NormalisedPowers& form, Values& values) {
  const Rational equal(1, form.length);
  const Rational share = values.share_of_largest(form);
  const Rational shares =
      share <= equal ? equal
                     : Rational(share * share + (1 - share) * (1 - share) / (form.length - 1));
  const Rational& least = values.sum.lower;
  const Rational of_sum = least > 0 ? Rational(least * least * shares) : Rational(0);
  values.sum = {std::max(of_sum, Rational(values.largest_least * values.largest_least)),
                values.sum.upper * values.each.upper};
  values.each = square_of(values.each);
  values.largest_least = down(values.largest_least * values.largest_least);
  values.spread = doubled(values.spread);
  values.others = up(values.others * values.others);
  ++values.squarings;
}

// What is normalised, with its sum; false as above.
bool enter(const NormalisedPowers& form, int index, Values& values) {
  if (normalisation_of(form, index).is_refreshed && !refresh(form, values)) return false;
  if (index > 0) square(form, values);
  return true;
}

void leave(const NormalisedPowers& form, int index, const Rational& error, Values& values) {
  const Normalisation how = normalisation_of(form, index);
  const Rational size = how.factor / how.sum_scale;
  const Rational least = size * (1 - error);
  const Rational most = size * (1 + error);
  values.sum = {least, most};
  values.each = {least * values.smallest_share(form), most * values.largest_share(form)};
  values.largest_least = down(least * values.share_of_largest(form));
}

std::optional<Values> values_before(const NormalisedPowers& form, int index,
                                    const PowersErrors& errors) {
  std::optional<Values> values = first_values(form, errors.exp);
  for (int i = 0; i < index && values; ++i) {
    if (!enter(form, i, *values)) return std::nullopt;
    leave(form, i, errors.inverses[static_cast<std::size_t>(i)], *values);
  }
  return values;
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
  const Number largest = from_rational<Number>(form.range * form.scale + shift_of(form));
  const Number room = normalisation_of(form, 0).is_refreshed
                          ? Number(1) / 32  // the logarithm of 1 + 2^-5 is below
                          : real_log(from_rational<Number>(form.length / largest_sum()));
  form.offset = Rational(to_double(to_rational(Number(-largest - room))));
  return form;
}

NormalisedPowers with_refreshed_input(NormalisedPowers form) {
  const Rational most = most_refreshed() - added_by(form.refresh);  // so that it reads off as 1
  form.input_scale = 1;
  while (form.range * form.input_scale > most) form.input_scale /= 2;
  while (2 * form.range * form.input_scale <= most) form.input_scale *= 2;
  return form;
}

Interval exponents_of(const NormalisedPowers& form) {
  const Rational reach = form.range * form.scale + shift_of(form);
  return {form.offset - reach, form.offset + reach};
}

SlotSteps steps_of(const NormalisedPowers& form) {
  SlotSteps steps;
  const auto add = [&](const SlotStep& step) {
    steps.push_back(step);
    return static_cast<int>(steps.size());
  };
  const auto refreshed = [&](int value) {
    return add({.operation = SlotOperation::refresh, .left = value, .refresh = form.refresh});
  };
  int value = 0;
  Rational reading = form.scale;
  if (form.input_scale > 0) {
    value = refreshed(add({.operation = SlotOperation::scale, .scale = form.input_scale}));
    reading /= form.input_scale;
  }
  value = add(
      {.operation = SlotOperation::read, .left = value, .scale = reading, .offset = form.offset});
  value = add({.operation = SlotOperation::part, .left = value, .part = 0});
  for (int i = 0; i <= form.squarings; ++i) {
    const Normalisation how = normalisation_of(form, i);
    if (how.is_refreshed) value = refreshed(value);
    if (i > 0) value = add({.operation = SlotOperation::square, .left = value});
    int sum = add({.operation = SlotOperation::sum, .left = value});
    if (how.sum_scale != 1) {
      sum = add({.operation = SlotOperation::scale, .left = sum, .scale = how.sum_scale});
    }
    const int inverse = add({.operation = SlotOperation::part, .left = sum, .part = i + 1});
    value = add({.operation = SlotOperation::product,
                 .left = value,
                 .right = inverse,
                 .scale = how.factor});
  }
  return steps;
}

std::optional<Interval> sum_before(const NormalisedPowers& form, int index,
                                   const PowersErrors& errors) {
  std::optional<Values> values = values_before(form, index, errors);
  if (!values || !enter(form, index, *values) || values->sum.lower <= 0) return std::nullopt;
  return shortened(times(values->sum, normalisation_of(form, index).sum_scale));
}

std::optional<Rational> largest_value(const NormalisedPowers& form, int index,
                                      const PowersErrors& errors) {
  const std::optional<Values> values = values_before(form, index, errors);
  if (!values) return std::nullopt;
  if (index == 0) return values->each.upper;
  const Normalisation before = normalisation_of(form, index - 1);
  return values->each.upper * before.sum_scale / before.factor;
}

std::optional<Rational> powers_bound(const NormalisedPowers& form, const PowersErrors& errors) {
  std::optional<Values> values = values_before(form, form.squarings, errors);
  if (!values || !enter(form, form.squarings, *values)) return std::nullopt;
  const Rational& last_error = errors.inverses.back();
  if (form.gap > 0) return up(1 - values->share_of_largest(form) + last_error);
  const Rational& d = values->spread;
  return up(d / (2 - d * d) + last_error * values->largest_share(form));
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

std::optional<ErrorEnclosure> certify_powers(const PowersClaim& claim) {
  const std::optional<Rational> upper = powers_bound(claim.form, claim.errors);
  if (!upper) return std::nullopt;
  const Rational attained = attained_by_powers(claim);
  return rounded_outward(ErrorEnclosure{
      .lower = attained, .attained = attained, .upper = *upper, .evidence = Evidence::proved});
}

}  // namespace equiripple
