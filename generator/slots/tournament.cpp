// Steps, the bound of the header, and a few inputs through the rounds in intervals.
#include "generator/slots/tournament.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/iteration/enclosure.hpp"
#include "generator/slots/refresh_room.hpp"

namespace equiripple {
namespace {

bool is_refreshed(const Tournament& form, std::size_t round) {
  return round < form.refreshed.size() && form.refreshed[round];
}

// The largest is d above all others. Of both arguments the left one has the slot that is watched.
Rational sure_error_at(const Tournament& form, const PairFunction& max, const Rational& d) {
  const Rational top = d / 2;
  Interval largest{form.scale * top, form.scale * top};
  Interval other{-form.scale * top, -form.scale * top};
  for (std::size_t i = 0; i < rotations_of_rounds(form.length).size(); ++i) {
    largest = max(largest, other);
    other = max(other, other);
  }
  const Interval error = plus(times(largest, form.factor), -top);
  return std::max({Rational(0), error.lower, Rational(-error.upper)});
}

}  // namespace

std::vector<int> rotations_of_rounds(long length) {
  std::vector<int> rotations;
  for (long window = 1; window < length; window += rotations.back()) {
    rotations.push_back(static_cast<int>(std::min(window, length - window)));
  }
  return rotations;
}

SlotSteps steps_of(const Tournament& form) {
  SlotSteps steps;
  const auto add = [&](SlotStep step) {
    steps.push_back(std::move(step));
    return static_cast<int>(steps.size());
  };
  int value = add({.operation = is_refreshed(form, 0) ? SlotOperation::scale : SlotOperation::read,
                   .scale = form.scale});
  const std::vector<int> rotations = rotations_of_rounds(form.length);
  for (std::size_t round = 0; round < rotations.size(); ++round) {
    if (is_refreshed(form, round)) {
      value = add({.operation = SlotOperation::refresh, .left = value, .refresh = form.refresh});
    }
    const int rotated =
        add({.operation = SlotOperation::rotate, .left = value, .by = rotations[round]});
    value = add({.operation = SlotOperation::pair,
                 .left = value,
                 .right = rotated,
                 .scale = round + 1 == rotations.size() ? form.factor : Rational(1)});
  }
  return steps;
}

std::optional<Rational> tournament_bound(const Tournament& form, const Rational& error) {
  const Rational rounds(static_cast<long>(rotations_of_rounds(form.length).size()));
  const Rational of_refreshes =
      added_by(form.refresh) * static_cast<long>(std::ranges::count(form.refreshed, true));
  const Rational before_last = (rounds - 1) * error + of_refreshes;
  if (2 * form.scale * form.range + 2 * before_last > 1) return std::nullopt;
  return form.factor * (before_last + error) +
         abs(Rational(form.factor * form.scale - 1)) * form.range;
}

Rational attained_by_tournament(const Tournament& form, const PairFunction& max) {
  constexpr int evenly = 24;   // chosen: errors of max level out over its range
  constexpr int halvings = 8;  // chosen: and are the largest about its gap, which may be small
  const Rational widest = 2 * form.range;
  Rational attained = 0;
  for (int i = 1; i <= evenly; ++i) {
    attained = std::max(attained, sure_error_at(form, max, widest * i / evenly));
  }
  for (int i = 1; i <= halvings; ++i) {
    attained = std::max(attained, sure_error_at(form, max, widest * power_of_two(-i) / evenly));
  }
  return attained;
}

std::optional<ErrorEnclosure> certify_tournament(const Tournament& form, const Rational& error,
                                                 const PairFunction& max) {
  const std::optional<Rational> upper = tournament_bound(form, error);
  if (!upper) return std::nullopt;
  const Rational attained = attained_by_tournament(form, max);
  return rounded_outward(ErrorEnclosure{
      .lower = attained, .attained = attained, .upper = *upper, .evidence = Evidence::proved});
}

}  // namespace equiripple
