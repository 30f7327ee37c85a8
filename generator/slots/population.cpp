// Interval arithmetic of generator/iteration on every kind of slot.
#include "generator/slots/population.hpp"

#include <algorithm>
#include <stdexcept>

#include "generator/iteration/enclosure.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {
namespace {

Interval of(const Rational& q) { return {q, q}; }

Interval sum_of(const Interval& x, const Interval& y) {
  return shortened({x.lower + y.lower, x.upper + y.upper});
}

Interval difference_of(const Interval& x, const Interval& y) {
  return shortened({x.lower - y.upper, x.upper - y.lower});
}

// Clenshaw's recurrence.
Interval value_at(const ChebyshevSeries& p, const Interval& x) {
  const Rational width = p.basis.upper - p.basis.lower;
  const Interval y =
      shortened(times(plus(times(x, 2), -(p.basis.lower + p.basis.upper)), 1 / width));
  Interval b1 = of(0);
  Interval b2 = of(0);
  for (std::size_t k = p.coefficients.size(); k-- > 1;) {
    Interval b = difference_of(plus(times(times(y, 2), b1), p.coefficients[k]), b2);
    b2 = std::move(b1);
    b1 = std::move(b);
  }
  return difference_of(plus(times(y, b1), p.coefficients.front()), b2);
}

Interval square_root_of_all(const Interval& x) {
  return {square_root_of(x.lower).lower, square_root_of(x.upper).upper};
}

Interval unknown() { return {-beyond_all_claims(), beyond_all_claims()}; }

}  // namespace

SlotFunction squared_polynomial(const ChebyshevSeries& polynomial, int squares) {
  return [=](const Interval& x) {
    Interval value = value_at(polynomial, x);
    for (int i = 0; i < squares; ++i) value = square_of(value);
    return value;
  };
}

SlotFunction corrected_start(CorrectionMap map, const CorrectionScalars& scalars,
                             const ChebyshevSeries& start) {
  return [=](const Interval& x) {
    if (x.lower <= 0) return unknown();
    const Interval inverse_target = map == CorrectionMap::inverse ? x : square_root_of_all(x);
    const Interval s = times(inverse_target, value_at(start, x));
    return quotient_of(value_after(map, scalars, s), inverse_target);
  };
}

std::vector<Interval> values_of_slots(const SlotSteps& steps,
                                      const std::vector<SlotFunction>& parts,
                                      const Population& slots) {
  std::vector<std::vector<Interval>> values(1);
  for (const SlotsOfOneKind& kind : slots) values.front().push_back(of(kind.value));
  const auto value = [&](int index, std::size_t kind) -> const Interval& {
    return values[static_cast<std::size_t>(index)][kind];
  };
  for (const SlotStep& step : steps) {
    std::vector<Interval> results;
    for (std::size_t kind = 0; kind < slots.size(); ++kind) {
      const Interval& left = value(step.left, kind);
      switch (step.operation) {
        case SlotOperation::read:
          results.push_back(shortened(plus(times(left, step.scale), step.offset)));
          break;
        case SlotOperation::scale: results.push_back(shortened(times(left, step.scale))); break;
        case SlotOperation::centre:
          results.push_back(difference_of(times(left, step.scale), value(step.right, kind)));
          break;
        case SlotOperation::part:
          results.push_back(parts[static_cast<std::size_t>(step.part)](left));
          break;
        case SlotOperation::sum: {
          Interval sum = of(0);
          for (std::size_t i = 0; i < slots.size(); ++i) {
            sum = sum_of(sum, times(value(step.left, i), Rational(slots[i].count)));
          }
          results.push_back(std::move(sum));
          break;
        }
        case SlotOperation::square: results.push_back(square_of(left)); break;
        case SlotOperation::refresh: results.push_back(left); break;  // that adds nothing, for once
        case SlotOperation::product:
          results.push_back(shortened(times(times(left, value(step.right, kind)), step.scale)));
          break;
        case SlotOperation::rotate:
        case SlotOperation::pair:
          throw std::logic_error("values_of_slots: slots of one kind have no order");
      }
    }
    values.push_back(std::move(results));
  }
  return std::move(values.back());
}

Rational sure_distance(const std::vector<Interval>& values, const std::vector<Interval>& targets) {
  Rational largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Rational above = values[i].lower - targets[i].upper;
    const Rational below = targets[i].lower - values[i].upper;
    largest = std::max({largest, above, below});
  }
  return largest;
}

Interval exponential_of(const Rational& x) {
  Ball ball = ball_of(x, enclosure_bits);
  arb_exp(ball.get(), ball.get(), enclosure_bits);
  return {std::max(Rational(0), lower_end(ball)), upper_end(ball)};
}

Interval quotient_of(const Interval& x, const Interval& y) {
  return times(x, shortened({1 / y.upper, 1 / y.lower}));
}

}  // namespace equiripple
