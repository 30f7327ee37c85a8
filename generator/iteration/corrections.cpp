// Each question handed to the iteration that it is about.
#include "generator/iteration/corrections.hpp"

#include <algorithm>

#include "generator/iteration/enclosure.hpp"

namespace equiripple {
namespace {

bool is_goldschmidt(CorrectionMap map, const CorrectionScalars& scalars) {
  return map == CorrectionMap::inverse && !scalars.inverse.offsets.empty();
}

// The value of the function at x is 1 / this, and so is 1 / s at an exact start.
Interval argument(CorrectionMap map, const Rational& x) {
  return map == CorrectionMap::inverse ? Interval{x, x} : square_root_of(x);
}

// Clenshaw's recurrence, exactly.
Rational value_at(const ChebyshevSeries& p, const Rational& x) {
  const Rational y = (2 * x - p.basis.lower - p.basis.upper) / (p.basis.upper - p.basis.lower);
  Rational b1 = 0;
  Rational b2 = 0;
  for (std::size_t k = p.coefficients.size(); k-- > 1;) {
    const Rational b = p.coefficients[k] + 2 * y * b1 - b2;
    b2 = b1;
    b1 = b;
  }
  return p.coefficients.front() + y * b1 - b2;
}

}  // namespace

CorrectionScalars correction_scalars(CorrectionMap map, const Rational& start_error,
                                     int corrections) {
  CorrectionScalars scalars;
  if (map == CorrectionMap::root) scalars.root = root_steps(start_error, corrections);
  if (map == CorrectionMap::inverse && corrections > 0) {
    scalars.inverse = goldschmidt_scalars(start_error, corrections);
  }
  return scalars;
}

Rational bound_after(CorrectionMap map, const CorrectionScalars& scalars,
                     const Rational& start_error) {
  if (map == CorrectionMap::root) return root_error(scalars.root, start_error);
  return is_goldschmidt(map, scalars) ? goldschmidt_error(scalars.inverse, start_error)
                                      : start_error;
}

Rational error_after(CorrectionMap map, const CorrectionScalars& scalars,
                     const ChebyshevSeries& start, const Rational& x) {
  const Interval s = times(argument(map, x), value_at(start, x));
  const Interval value = value_after(map, scalars, s);
  if (value.lower <= 1 && 1 <= value.upper) return 0;
  return value.lower > 1 ? Rational(value.lower - 1) : Rational(1 - value.upper);
}

Interval value_after(CorrectionMap map, const CorrectionScalars& scalars, const Interval& s) {
  if (is_goldschmidt(map, scalars)) return goldschmidt_value(scalars.inverse, s);
  return root_value(scalars.root, s);
}

Rational correction_growth(CorrectionMap map, const CorrectionScalars& scalars,
                           const Rational& start_error, const Interval& domain) {
  if (is_goldschmidt(map, scalars)) return goldschmidt_growth(scalars.inverse, start_error);
  if (map == CorrectionMap::inverse || scalars.root.empty()) return 1;
  const Rational largest = std::max(Rational(1 / square_root_of(domain.lower).lower),
                                    square_root_of(domain.upper).upper);
  return root_growth(scalars.root, start_error) * largest;
}

}  // namespace equiripple
