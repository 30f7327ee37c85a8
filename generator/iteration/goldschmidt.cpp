// Offsets backwards from the last one, then everything forwards with what was rounded.
#include "generator/iteration/goldschmidt.hpp"

#include <algorithm>
#include <stdexcept>

#include "generator/iteration/enclosure.hpp"

namespace equiripple {
namespace {

Rational binary64(const Rational& q) { return Rational(to_double(q)); }

// f_0 where s is in [1 - E, 1 + E].
Interval first_values(const GoldschmidtScalars& scalars, const Rational& start_error) {
  return shortened(plus(times(Interval{1 - start_error, 1 + start_error}, scalars.slope),
                        scalars.offsets.front()));
}

Interval next_values(const Interval& f, const Rational& shift) {
  return shortened(plus(times(square_of(f), 2), shift));
}

}  // namespace

GoldschmidtScalars goldschmidt_scalars(const Rational& start_error, int corrections) {
  if (corrections < 1 || start_error < 0 || start_error >= 1) {
    throw std::invalid_argument("goldschmidt_scalars: no correction, or no start");
  }
  using Number = Real<256>;
  // offset_{k+1} = offset_k^2 (2 - E_k^2), and the last one is 1.
  std::vector<Number> factors;
  Number error = from_rational<Number>(start_error);
  for (int k = 0; k + 1 < corrections; ++k) {
    const Number square = error * error;
    factors.push_back(2 - square);
    error = square / (2 - square);
  }
  Number offset = 1;
  for (std::size_t k = factors.size(); k-- > 0;) offset = real_sqrt(Number(offset / factors[k]));
  GoldschmidtScalars scalars;
  scalars.offsets.push_back(binary64(to_rational(offset)));
  scalars.slope = -scalars.offsets.front();
  Interval f = first_values(scalars, start_error);
  for (int k = 0;; ++k) {
    const Rational largest = square_of(f).upper;
    const Rational& last = scalars.offsets.back();
    if (k + 1 == corrections) {
      // x y_n = 2 B (offset^2 - f^2), with f^2 from 0 to F^2: centred at 1.
      scalars.gain = binary64(scalars.offsets.front() / (2 * last * last - largest));
      return scalars;
    }
    scalars.shifts.push_back(binary64(-largest));
    scalars.offsets.push_back(binary64(2 * last * last + scalars.shifts.back()));
    f = next_values(f, scalars.shifts.back());
  }
}

// x y_k = A - B f_k + t with |t| <= slack: B stays, and what rounding moves goes into the slack.
Rational goldschmidt_error(const GoldschmidtScalars& scalars, const Rational& start_error) {
  if (scalars.slope == 0) return beyond_all_claims();  // f says nothing of s
  const Rational b = -scalars.gain / scalars.slope;
  Rational a = b * scalars.offsets.front();
  Rational slack = 0;
  Interval f = first_values(scalars, start_error);
  for (std::size_t k = 0;; ++k) {
    const Rational& offset = scalars.offsets[k];
    if (has_run_away(f) || has_run_away({slack, slack}) || has_run_away({a, a})) {
      return beyond_all_claims();
    }
    const Rational size = farthest_from(0, f);
    slack = 2 * abs(a - b * offset) * size + 2 * slack * (size + abs(offset));
    slack = round_to_bits(slack, enclosure_bits, Rounding::up);
    const Rational centre = 2 * a * offset;
    if (k + 1 == scalars.offsets.size()) {
      const Interval value = plus(times(square_of(f), -2 * b), centre);
      return farthest_from(1, value) + slack;
    }
    const Rational exact = centre + b * scalars.shifts[k];
    a = round_to_bits(exact, enclosure_bits, Rounding::nearest);
    slack += abs(exact - a);
    f = next_values(f, scalars.shifts[k]);
  }
}

Interval goldschmidt_value(const GoldschmidtScalars& scalars, const Interval& s) {
  Interval f = shortened(plus(times(s, scalars.slope), scalars.offsets.front()));
  Interval value = times(s, scalars.gain);
  for (std::size_t k = 0;; ++k) {
    if (has_run_away(f) || has_run_away(value)) return {-beyond_all_claims(), beyond_all_claims()};
    value = times(times(value, 2), plus(f, scalars.offsets[k]));
    if (k + 1 == scalars.offsets.size()) return value;
    f = next_values(f, scalars.shifts[k]);
  }
}

Rational goldschmidt_growth(const GoldschmidtScalars& scalars, const Rational& start_error) {
  Interval f = first_values(scalars, start_error);
  Rational growth = abs(scalars.slope) * (1 + start_error) + abs(scalars.offsets.front());
  for (std::size_t k = 0; k < scalars.offsets.size(); ++k) {
    if (has_run_away(f)) return beyond_all_claims();
    growth = std::max(growth, Rational(farthest_from(0, f) + abs(scalars.offsets[k])));
    if (k == scalars.shifts.size()) break;
    growth = std::max(growth, Rational(2 * square_of(f).upper + abs(scalars.shifts[k])));
    f = next_values(f, scalars.shifts[k]);
  }
  return growth;
}

}  // namespace equiripple
