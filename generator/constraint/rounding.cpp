// With y the variable of the basis and y_i = a_i / b_i, p = offset + r prod (b_i y - a_i). Where r
// has multiples of a unit for coefficients, p - offset has multiples of 2^-roots of it: such an r
// is rounded one by one, and p keeps the conditions exactly.  [proved]
#include "generator/constraint/rounding.hpp"

#include <algorithm>
#include <cmath>

#include "generator/constraint/absent_powers.hpp"

namespace equiripple {
namespace {

Rational sum_of_sizes(const std::vector<Rational>& coefficients) {
  Rational sum = 0;
  for (const Rational& c : coefficients) sum += abs(c);
  return sum;
}

bool is_multiple(const Rational& q, const Rational& unit) {
  const Rational steps = q / unit;
  return steps == Rational(floor_of(steps));
}

// b y - a with whole a and b.
struct LinearFactor {
  Rational a;
  Rational b;
};

LinearFactor factor_of(const Rational& root, const Interval& basis) {
  const Rational y = (2 * root - basis.lower - basis.upper) / (basis.upper - basis.lower);
  return {Rational(numerator(y)), Rational(denominator(y))};
}

// The quotient by b y - a, from the top: what is left over at the end is not looked at.
std::vector<Rational> quotient(const std::vector<Rational>& c, const LinearFactor& factor) {
  const std::size_t degree = c.size() - 1;
  std::vector<Rational> r(std::max<std::size_t>(degree, 1));
  const auto at = [&](std::size_t k) { return k < degree ? r[k] : Rational(0); };
  for (std::size_t k = degree; k >= 2; --k) {
    r[k - 1] = (c[k] + factor.a * at(k)) * 2 / factor.b - at(k + 1);
  }
  if (degree >= 1) r[0] = (c[1] + factor.a * at(1)) / factor.b - at(2) / 2;
  return r;
}

std::vector<Rational> times(const std::vector<Rational>& r, const LinearFactor& factor) {
  std::vector<Rational> c(r.size() + 1);
  for (std::size_t k = 0; k < r.size(); ++k) {
    if (r[k] == 0) continue;
    c[k] -= factor.a * r[k];
    const Rational moved = factor.b * r[k];
    if (k == 0) {
      c[1] += moved;
    } else {
      c[k + 1] += moved / 2;
      c[k - 1] += moved / 2;
    }
  }
  return c;
}

// The derivative on the same basis, in x.
std::vector<Rational> derivative_of(const std::vector<Rational>& c, const Rational& half_width) {
  if (c.size() <= 1) return {Rational(0)};
  std::vector<Rational> d(c.size() + 1);
  for (std::size_t k = c.size() - 1; k >= 1; --k) {
    d[k - 1] = d[k + 1] + 2 * static_cast<long>(k) * c[k];
  }
  d[0] /= 2;
  d.resize(c.size() - 1);
  for (Rational& value : d) value /= half_width;
  return d;
}

Rational value_at(const std::vector<Rational>& c, const Rational& y) {
  Rational b1 = 0;
  Rational b2 = 0;
  for (std::size_t k = c.size(); k-- > 1;) {
    Rational b = c[k] + 2 * y * b1 - b2;
    b2 = std::move(b1);
    b1 = std::move(b);
  }
  return c.front() + y * b1 - b2;
}

}  // namespace

Rational unit_for(const Rational& size, const CoefficientForm& form) {
  if (form.unit) return *form.unit;
  long exponent = static_cast<long>(std::floor(log2_of(size)));
  while (power_of_two(exponent) <= size) ++exponent;
  return power_of_two(exponent - form.bits);
}

std::vector<Rational> deviations(const ChebyshevSeries& polynomial, const Conditions& conditions,
                                 int degree) {
  const Interval& basis = polynomial.basis;
  const Rational half_width = (basis.upper - basis.lower) / 2;
  const Rational centre = (basis.upper + basis.lower) / 2;
  std::size_t orders = 0;
  for (const PointCondition& condition : conditions.through) {
    orders = std::max(orders, condition.values.size());
  }
  std::vector<std::vector<Rational>> derivatives{polynomial.coefficients};
  while (derivatives.size() < orders) {
    derivatives.push_back(derivative_of(derivatives.back(), half_width));
  }
  std::vector<Rational> found;
  for (const PointCondition& condition : conditions.through) {
    const Rational y = (condition.at - centre) / half_width;
    for (std::size_t j = 0; j < condition.values.size(); ++j) {
      found.push_back(value_at(derivatives[j], y) - condition.values[j]);
    }
  }
  if (conditions.leading) {
    Rational top = polynomial.degree() == degree ? polynomial.coefficients.back() : Rational(0);
    for (int k = 0; k < degree; ++k) top /= half_width;
    if (degree > 0) top *= power_of_two(degree - 1);
    found.push_back(top - *conditions.leading);
  }
  const auto absent = coefficients_at(conditions.absent, polynomial);
  found.insert(found.end(), absent.begin(), absent.end());
  return found;
}

std::optional<ChebyshevSeries> exactly_kept(const ChebyshevSeries& polynomial,
                                            const AffineClass& affine,
                                            const CoefficientForm& form) {
  constexpr int most_tries = 3;       // chosen: rounding may carry into one bit more
  constexpr long largest_log2 = -40;  // of the coefficients; chosen: more is no rounding
  const Interval& basis = polynomial.basis;
  const std::vector<Rational> offset =
      affine.lifted({.basis = basis, .coefficients = {0}}).coefficients;
  std::vector<Rational> rest = polynomial.coefficients;
  rest.resize(std::max(rest.size(), offset.size()));
  for (std::size_t k = 0; k < offset.size(); ++k) rest[k] -= offset[k];
  while (rest.size() > 1 && rest.back() == 0) rest.pop_back();
  if (rest.size() <= affine.nodes.size()) rest = {0};
  const bool has_rest = rest.size() > 1 || rest.front() != 0;
  std::vector<LinearFactor> factors;
  long halvings = 0;
  for (const Rational& root : affine.nodes) {
    factors.push_back(factor_of(root, basis));
    if (!is_multiple(factors.back().b, 2)) ++halvings;
    if (has_rest) rest = quotient(rest, factors.back());
  }
  Rational largest = 0;
  for (const Rational& c : polynomial.coefficients) largest = std::max(largest, Rational(abs(c)));
  if (largest == 0) return polynomial;
  Rational unit = unit_for(largest, form);
  for (int attempt = 0; attempt < most_tries; ++attempt, unit *= 2) {
    const bool is_offset_exact = std::ranges::all_of(
        offset, [&](const Rational& c) { return c == 0 || is_multiple(c, unit); });
    if (!is_offset_exact) return std::nullopt;
    const Rational step = unit * power_of_two(halvings);
    std::vector<Rational> kept;
    for (const Rational& c : rest) {
      kept.push_back(Rational(floor_of(c / step + Rational(1, 2))) * step);
    }
    for (auto factor = factors.rbegin(); factor != factors.rend(); ++factor) {
      kept = times(kept, *factor);
    }
    kept.resize(std::max(kept.size(), polynomial.coefficients.size()));
    for (std::size_t k = 0; k < offset.size(); ++k) kept[k] += offset[k];
    while (kept.size() > polynomial.coefficients.size() && kept.back() == 0) kept.pop_back();
    ChebyshevSeries series{
        .basis = basis, .coefficients = std::move(kept), .parity = polynomial.parity};
    if (series.coefficients.size() != polynomial.coefficients.size()) return std::nullopt;
    if (!form.unit && coefficient_distance(series, polynomial) >
                          sum_of_sizes(polynomial.coefficients) * power_of_two(largest_log2)) {
      return std::nullopt;
    }
    if (series.coefficients == rounded(series, form).coefficients) return series;
    if (form.unit) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::vector<Rational>> over_root(const std::vector<Rational>& coefficients,
                                               const Interval& basis, const Rational& root) {
  const LinearFactor factor = factor_of(root, basis);
  const Rational y = factor.a / factor.b;
  if (value_at(coefficients, y) != 0) return std::nullopt;
  if (coefficients.size() == 1) return std::vector<Rational>{Rational(0)};
  std::vector<Rational> result = quotient(coefficients, factor);
  // x - root is half_width / b times b y - a.
  const Rational scale = 2 * factor.b / (basis.upper - basis.lower);
  for (Rational& c : result) c *= scale;
  return result;
}

}  // namespace equiripple
