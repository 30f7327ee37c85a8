// Ranges of cubics in rationals, square roots enclosed by their squares.
#include "generator/iteration/newton_root.hpp"

#include <algorithm>
#include <stdexcept>

#include "generator/iteration/enclosure.hpp"

namespace equiripple {
namespace {

RootStep best_step(const Interval& s) {
  using Number = Real<256>;
  const auto l = from_rational<Number>(s.lower);
  const auto u = from_rational<Number>(s.upper);
  const Number square = (l * l + l * u + u * u) / 3;
  const Number m = real_sqrt(square);
  const Number cubic = -2 / (l * u * (l + u) + 2 * m * square);
  const auto rounded = [](const Number& x) { return Rational(to_double(to_rational(x))); };
  return {.linear = rounded(-3 * square * cubic), .cubic = rounded(cubic)};
}

Rational value_at(const RootStep& step, const Rational& s) {
  return s * (step.linear + step.cubic * s * s);
}

// The ends, and where the derivative linear + 3 cubic s^2 vanishes: there the value is
// 2/3 linear s. Of both signs, since the scalars of a file may make s negative.
Interval range_of(const RootStep& step, const Interval& s) {
  const Rational at_lower = value_at(step, s.lower);
  const Rational at_upper = value_at(step, s.upper);
  Interval range{std::min(at_lower, at_upper), std::max(at_lower, at_upper)};
  if (step.cubic != 0) {
    const Rational square = -step.linear / (3 * step.cubic);
    if (square > 0) {
      const Interval positive = square_root_of(square);
      for (const Interval& root : {positive, Interval{-positive.upper, -positive.lower}}) {
        if (root.upper < s.lower || root.lower > s.upper) continue;
        const Interval extreme = times(root, step.linear * 2 / 3);
        range = {std::min(range.lower, extreme.lower), std::max(range.upper, extreme.upper)};
      }
    }
  }
  return shortened(range);
}

}  // namespace

Interval square_root_of(const Rational& q) {
  if (q <= 0) return {0, 0};
  const Rational root = to_rational(real_sqrt(from_rational<Real<512>>(q)));
  Interval result{round_to_bits(root, enclosure_bits, Rounding::down),
                  round_to_bits(root, enclosure_bits, Rounding::up)};
  const Rational little = root * power_of_two(-enclosure_bits);
  while (result.lower * result.lower > q) result.lower -= little;
  while (result.upper * result.upper < q) result.upper += little;
  return result;
}

std::vector<RootStep> root_steps(const Rational& start_error, int corrections) {
  if (start_error < 0 || start_error >= 1) throw std::invalid_argument("root_steps: no start");
  std::vector<RootStep> steps;
  Interval s{1 - start_error, 1 + start_error};
  for (int k = 0; k < corrections; ++k) {
    steps.push_back(best_step(s));
    s = range_of(steps.back(), s);
  }
  return steps;
}

Rational root_error(const std::vector<RootStep>& steps, const Rational& start_error) {
  Interval s{1 - start_error, 1 + start_error};
  for (const RootStep& step : steps) {
    s = range_of(step, s);
    if (has_run_away(s)) return beyond_all_claims();
  }
  return farthest_from(1, s);
}

Interval root_value(const std::vector<RootStep>& steps, Interval s) {
  for (const RootStep& step : steps) {
    s = times(s, plus(times(square_of(s), step.cubic), step.linear));
    if (has_run_away(s)) return {-beyond_all_claims(), beyond_all_claims()};
  }
  return s;
}

Rational root_growth(const std::vector<RootStep>& steps, const Rational& start_error) {
  Rational growth = 1;
  Interval s{1 - start_error, 1 + start_error};
  for (const RootStep& step : steps) {
    const Rational most = farthest_from(0, s);
    growth = std::max(growth, Rational(most * (abs(step.linear) + abs(step.cubic) * most * most)));
    s = range_of(step, s);
    if (has_run_away(s)) return beyond_all_claims();
  }
  return growth;
}

}  // namespace equiripple
