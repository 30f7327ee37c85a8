// Bounds as derived in the header, every rounding outward.
#include "generator/slots/unit_variance.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/iteration/enclosure.hpp"
#include "generator/slots/refresh_room.hpp"

namespace equiripple {
namespace {

using Number = Real<256>;

Rational binary64(const Number& x) { return Rational(to_double(to_rational(x))); }

// m of the header.
Rational multiple_of(const UnitVariance& form) {
  const Rational n = form.length;
  return form.centred ? Rational(n * n * n) : n;
}

// S.
Interval exact_squares_of(const UnitVariance& form) {
  return shortened(times(form.variance, form.scale * form.scale * multiple_of(form)));
}

// By how much a refresh moves the norm of w z.
Rational moved_norm(const UnitVariance& form) {
  return form.refreshes_slots
             ? Rational(square_root_of(Rational(form.length)).upper * added_by(form.refresh))
             : Rational(0);
}

// One slot apart from all others; of variance or mean square about v, below or above as it is
// rounded: the target counts what it is.
Population apart(const UnitVariance& form, const Rational& v) {
  const Number n = from_rational<Number>(Rational(form.length));
  const Number size = form.centred
                          ? Number(real_sqrt(Number(from_rational<Number>(v) / (n - 1))) * n)
                          : real_sqrt(Number(from_rational<Number>(v) * n));
  return {{binary64(size), 1}, {0, form.length - 1}};
}

std::vector<Interval> targets_of(const UnitVariance& form, const Population& slots) {
  const Rational n = form.length;
  const Rational mean = form.centred ? Rational(slots.front().value / n) : Rational(0);
  Rational squares = 0;
  for (const SlotsOfOneKind& kind : slots) {
    squares += (kind.value - mean) * (kind.value - mean) * kind.count;
  }
  const Interval deviation = square_root_of(squares / n);
  std::vector<Interval> targets;
  for (const SlotsOfOneKind& kind : slots) {
    const Rational distance = kind.value - mean;
    targets.push_back(quotient_of({distance, distance}, deviation));
  }
  return targets;
}

}  // namespace

UnitVariance with_scale(UnitVariance form) {
  Rational most = largest_sum();
  if (form.refreshes_slots || form.refreshes_squares) {
    // The norm, with what is added to it and some rounding, is at most 1.
    const Rational norm = 1 - moved_norm(form) - 2 * power_of_two(refresh_room_log2);
    most = norm > 0 ? Rational(norm * norm) : power_of_two(-20);
  }
  const Number largest = from_rational<Number>(multiple_of(form) * form.variance.upper);
  form.scale = binary64(real_sqrt(Number(from_rational<Number>(most) / largest)));
  form.factor = binary64(real_sqrt(from_rational<Number>(Rational(form.length))));
  return form;
}

SlotSteps steps_of(const UnitVariance& form) {
  SlotSteps steps;
  const auto add = [&](const SlotStep& step) {
    steps.push_back(step);
    return static_cast<int>(steps.size());
  };
  int value = 0;
  if (form.centred) {
    const int sum = add({.operation = SlotOperation::sum});
    value = add({.operation = SlotOperation::centre, .right = sum, .scale = form.length});
  }
  const auto refreshed = [&](int of) {
    return add({.operation = SlotOperation::refresh, .left = of, .refresh = form.refresh});
  };
  value = add({.operation = SlotOperation::scale, .left = value, .scale = form.scale});
  if (form.refreshes_slots) value = refreshed(value);
  const int square = add({.operation = SlotOperation::square, .left = value});
  int squares = add({.operation = SlotOperation::sum, .left = square});
  if (form.refreshes_squares) squares = refreshed(squares);
  const int root = add({.operation = SlotOperation::part, .left = squares});
  add({.operation = SlotOperation::product, .left = value, .right = root, .scale = form.factor});
  return steps;
}

std::optional<Interval> squares_of(const UnitVariance& form) {
  const Interval exact = exact_squares_of(form);
  const Rational moved = moved_norm(form);
  const Rational added = form.refreshes_squares ? added_by(form.refresh) : Rational(0);
  const Rational most = most_refreshed();
  Interval squares = exact;
  if (moved > 0) {
    const Rational least = square_root_of(exact.lower).lower - moved;
    const Rational largest = square_root_of(exact.upper).upper + moved;
    if (least <= 0 || exact.upper > most * most) return std::nullopt;  // no slot is above the norm
    squares = shortened({least * least, largest * largest});
  }
  if (added > 0 && (squares.lower <= added || squares.upper > most)) return std::nullopt;
  return shortened({squares.lower - added, squares.upper + added});
}

std::optional<Rational> unit_variance_bound(const UnitVariance& form, const Rational& root_error) {
  const Rational n = form.length;
  const Interval root = square_root_of(n);
  const std::optional<Interval> squares = squares_of(form);
  if (!squares) return std::nullopt;
  // sqrt(S / T), where S is least, and the factor.
  Interval factor{form.factor / root.upper, form.factor / root.lower};
  Rational of_slots = 0;
  if (form.refreshes_slots || form.refreshes_squares) {
    const Interval norm = square_root_of(exact_squares_of(form).lower);
    const Rational added = form.refreshes_squares ? added_by(form.refresh) : Rational(0);
    const Rational moved = moved_norm(form);
    const Rational most = norm.lower + moved;
    factor = {factor.lower * norm.lower / square_root_of(most * most + added).upper,
              factor.upper * norm.upper / square_root_of(squares->lower).lower};
    if (form.refreshes_slots) {
      of_slots = form.factor * added_by(form.refresh) * (1 + root_error) /
                 square_root_of(squares->lower).lower;
    }
  }
  const Rational relative =
      std::max(abs(factor.upper * (1 + root_error) - 1), abs(factor.lower * (1 - root_error) - 1));
  const Rational largest = form.centred ? square_root_of(n - 1).upper : root.upper;
  return round_to_bits(relative * largest + of_slots, enclosure_bits, Rounding::up);
}

Rational attained_by_unit_variance(const UnitVariance& form, const SlotFunction& root) {
  const SlotSteps steps = steps_of(form);
  Rational attained = 0;
  const Rational inside = power_of_two(-40);  // rounding leaves it in the domain
  for (const Rational& v : {Rational(form.variance.lower * (1 + inside)),
                            Rational(form.variance.upper * (1 - inside))}) {
    const Population slots = apart(form, v);
    attained = std::max(
        attained, sure_distance(values_of_slots(steps, {root}, slots), targets_of(form, slots)));
  }
  return attained;
}

std::optional<ErrorEnclosure> certify_unit_variance(const UnitVariance& form,
                                                    const Rational& root_error,
                                                    const SlotFunction& root) {
  const std::optional<Rational> upper = unit_variance_bound(form, root_error);
  if (!upper) return std::nullopt;
  const Rational attained = attained_by_unit_variance(form, root);
  return rounded_outward(ErrorEnclosure{
      .lower = attained, .attained = attained, .upper = *upper, .evidence = Evidence::proved});
}

}  // namespace equiripple
