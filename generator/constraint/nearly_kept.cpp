// Where no coefficients keep all conditions: the small coefficients have the finest steps, so that
// they take up what the rounding of the large ones does to the conditions.
#include <algorithm>

#include "generator/constraint/rounding.hpp"

namespace equiripple {

Rational tolerable_deviation(const ChebyshevSeries& polynomial, const CoefficientForm& form) {
  constexpr int units_log2 = 3;
  const Rational size = coefficient_distance(polynomial, {.basis = polynomial.basis});
  if (size == 0) return 0;
  if (form.unit) return *form.unit * power_of_two(units_log2);
  return size * power_of_two(units_log2 - form.bits);
}

namespace {

using Wide = Real<512>;
using Column = std::vector<Wide>;

Wide dot(const Column& a, const Column& b) {
  Wide sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// What one unit of each of these coefficients does to the numbers of the conditions.
std::vector<Column> columns_of(const ChebyshevSeries& like, const std::vector<std::size_t>& places,
                               Conditions conditions, int degree) {
  for (PointCondition& condition : conditions.through) {
    condition.values.assign(condition.values.size(), 0);
  }
  if (conditions.leading) conditions.leading = 0;
  std::vector<Column> columns;
  for (const std::size_t place : places) {
    ChebyshevSeries unit{.basis = like.basis, .coefficients = {}};
    unit.coefficients.resize(like.coefficients.size());
    unit.coefficients[place] = 1;
    columns.emplace_back();
    for (const Rational& value : deviations(unit, conditions, degree)) {
      columns.back().push_back(from_rational<Wide>(value));
    }
  }
  return columns;
}

// Multiples of columns, the first of which come first, that make up `sum`: a column that is nearly
// one of those before it is left out.
std::vector<Wide> multiples_for(const std::vector<Column>& columns, Column sum) {
  constexpr int independent_log2 = -6;  // of its length, which must be left; chosen
  struct Taken {
    std::size_t index;
    Column direction;          // orthogonal to those before
    std::vector<Wide> shares;  // of those before in the column, over their squares
  };
  std::vector<Taken> taken;
  std::vector<Wide> amounts;  // of the directions in the sum
  for (std::size_t j = 0; j < columns.size() && taken.size() < sum.size(); ++j) {
    Taken next{.index = j, .direction = columns[j], .shares = {}};
    for (const Taken& before : taken) {
      const Wide share =
          dot(next.direction, before.direction) / dot(before.direction, before.direction);
      for (std::size_t i = 0; i < sum.size(); ++i) {
        next.direction[i] -= share * before.direction[i];
      }
      next.shares.push_back(share);
    }
    const Wide square = dot(next.direction, next.direction);
    if (!(square > scale_by_power_of_two(dot(columns[j], columns[j]), 2 * independent_log2))) {
      continue;
    }
    const Wide amount = dot(sum, next.direction) / square;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] -= amount * next.direction[i];
    amounts.push_back(amount);
    taken.push_back(std::move(next));
  }
  std::vector<Wide> multiples(columns.size(), 0);
  for (std::size_t t = taken.size(); t-- > 0;) {
    multiples[taken[t].index] = amounts[t];
    for (std::size_t before = 0; before < t; ++before) {
      amounts[before] -= amounts[t] * taken[t].shares[before];
    }
  }
  return multiples;
}

Rational largest_of(const std::vector<Rational>& values) {
  Rational largest = 0;
  for (const Rational& value : values) largest = std::max(largest, Rational(abs(value)));
  return largest;
}

}  // namespace

ChebyshevSeries nearly_kept(const ChebyshevSeries& polynomial, const Conditions& conditions,
                            int degree, const CoefficientForm& form) {
  constexpr int most_rounds = 4;  // chosen: each gains what the finest coefficients are finer
  constexpr std::size_t most_conditions = 256;  // chosen: a second or so
  ChebyshevSeries best = rounded(polynomial, form);
  std::vector<Rational> left = deviations(best, conditions, degree);
  if (left.size() > most_conditions) return best;
  std::vector<std::size_t> places;
  for (std::size_t k = 0; k < best.coefficients.size(); ++k) {
    if (best.coefficients[k] != 0) places.push_back(k);
  }
  std::ranges::stable_sort(places, {},
                           [&](std::size_t k) { return spacing_at(best.coefficients[k], form); });
  const Rational tolerable = tolerable_deviation(polynomial, form);
  for (int round = 0; round < most_rounds && largest_of(left) > tolerable; ++round) {
    Column sum;
    for (const Rational& value : left) sum.push_back(from_rational<Wide>(Rational(-value)));
    const auto multiples = multiples_for(columns_of(best, places, conditions, degree), sum);
    ChebyshevSeries moved = best;
    for (std::size_t i = 0; i < places.size(); ++i) {
      moved.coefficients[places[i]] += to_rational(multiples[i]);
    }
    moved = rounded(moved, form);
    std::vector<Rational> after = deviations(moved, conditions, degree);
    if (largest_of(after) >= largest_of(left)) break;
    best = std::move(moved);
    left = std::move(after);
  }
  return best;
}

}  // namespace equiripple
