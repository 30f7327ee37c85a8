// Where no coefficients keep all conditions: those whose last places do least to the conditions, as
// small ones or those of low degrees at points outside the basis, take up what the rounding of the
// others does.
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

// T_k and its derivatives in y up to an order, at y, for all k up to a degree: by
//   T_{k+1}^(j) = 2 y T_k^(j) + 2 j T_k^(j-1) - T_{k-1}^(j).
std::vector<Column> derivatives_at(const Wide& y, std::size_t orders, std::size_t count) {
  std::vector<Column> values(count, Column(orders, 0));
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t j = 0; j < orders; ++j) {
      if (k == 0) {
        values[k][j] = j == 0 ? 1 : 0;
      } else if (k == 1) {
        values[k][j] = j == 0 ? y : Wide(j == 1 ? 1 : 0);
      } else {
        values[k][j] = 2 * y * values[k - 1][j] - values[k - 2][j];
        if (j > 0) values[k][j] += 2 * static_cast<double>(j) * values[k - 1][j - 1];
      }
    }
  }
  return values;
}

// What one unit of each coefficient does to the numbers of the conditions. Exactly they would take
// a rational number for each of both, which is too much for hundreds.
std::vector<Column> effects_of(const ChebyshevSeries& like, const Conditions& conditions,
                               int degree) {
  const std::size_t count = like.coefficients.size();
  const Rational half_width = (like.basis.upper - like.basis.lower) / 2;
  const Rational centre = (like.basis.upper + like.basis.lower) / 2;
  const auto wide_half_width = from_rational<Wide>(half_width);
  std::vector<Column> effects(count);
  for (const PointCondition& condition : conditions.through) {
    const auto y = from_rational<Wide>(Rational((condition.at - centre) / half_width));
    const auto values = derivatives_at(y, condition.values.size(), count);
    for (std::size_t k = 0; k < count; ++k) {
      Wide unit = 1;  // of a derivative in x
      for (const Wide& value : values[k]) {
        effects[k].push_back(value / unit);
        unit *= wide_half_width;
      }
    }
  }
  Conditions others{.through = {}, .leading = conditions.leading, .absent = conditions.absent};
  if (others.empty()) return effects;
  if (others.leading) others.leading = 0;
  ChebyshevSeries unit{.basis = like.basis, .coefficients = std::vector<Rational>(count)};
  for (std::size_t k = 0; k < count; ++k) {
    unit.coefficients[k] = 1;
    for (const Rational& value : deviations(unit, others, degree)) {
      effects[k].push_back(from_rational<Wide>(value));
    }
    unit.coefficients[k] = 0;
  }
  return effects;
}

// A coefficient that may be moved.
struct Place {
  std::size_t index;
  Column effect;
  Wide fineness;  // the square of what its last place does to the conditions
};

// Multiples of effects, the first of which come first, that make up `sum`: one that is nearly a sum
// of those before it is left out: less than 2^independent_log2 of its length is not in their span.
std::vector<Wide> multiples_for(const std::vector<Place>& places, int independent_log2,
                                Column sum) {
  struct Taken {
    std::size_t index;
    Column direction;          // orthogonal to those before
    std::vector<Wide> shares;  // of those before in the column, over their squares
  };
  std::vector<Taken> taken;
  std::vector<Wide> amounts;  // of the directions in the sum
  for (std::size_t j = 0; j < places.size() && taken.size() < sum.size(); ++j) {
    Taken next{.index = j, .direction = places[j].effect, .shares = {}};
    for (const Taken& before : taken) {
      const Wide share =
          dot(next.direction, before.direction) / dot(before.direction, before.direction);
      for (std::size_t i = 0; i < sum.size(); ++i) {
        next.direction[i] -= share * before.direction[i];
      }
      next.shares.push_back(share);
    }
    const Wide square = dot(next.direction, next.direction);
    if (!(square >
          scale_by_power_of_two(dot(places[j].effect, places[j].effect), 2 * independent_log2))) {
      continue;
    }
    const Wide amount = dot(sum, next.direction) / square;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] -= amount * next.direction[i];
    amounts.push_back(amount);
    taken.push_back(std::move(next));
  }
  std::vector<Wide> multiples(places.size(), 0);
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
  constexpr std::size_t most_conditions = 600;  // chosen: a minute or so
  ChebyshevSeries best = rounded(polynomial, form);
  std::vector<Rational> left = deviations(best, conditions, degree);
  if (left.size() > most_conditions) return best;
  std::vector<Place> places;
  const std::vector<Column> effects = effects_of(best, conditions, degree);
  for (std::size_t k = 0; k < best.coefficients.size(); ++k) {
    if (best.coefficients[k] == 0) continue;
    const Column& effect = effects[k];
    const Wide step = from_rational<Wide>(spacing_at(best.coefficients[k], form));
    const Wide fineness = step * step * dot(effect, effect);
    places.push_back({k, effect, fineness});
  }
  std::ranges::stable_sort(places, {}, &Place::fineness);
  const Rational tolerable = tolerable_deviation(polynomial, form);
  // Of the coefficients, which high powers of x may move by any amount; chosen: more is no
  // rounding.
  constexpr long farthest_log2 = -40;
  const Rational farthest =
      coefficient_distance(polynomial, {.basis = polynomial.basis}) * power_of_two(farthest_log2);
  // Chosen: well apart from one another; and where points that are close leave too few of those.
  for (const int independent_log2 : {-6, -24}) {
    for (int round = 0; round < most_rounds && largest_of(left) > tolerable; ++round) {
      Column sum;
      for (const Rational& value : left) sum.push_back(from_rational<Wide>(Rational(-value)));
      const auto multiples = multiples_for(places, independent_log2, sum);
      ChebyshevSeries moved = best;
      for (std::size_t i = 0; i < places.size(); ++i) {
        moved.coefficients[places[i].index] += to_rational(multiples[i]);
      }
      moved = rounded(moved, form);
      const bool is_too_far = coefficient_distance(moved, polynomial) > farthest;
      if (is_too_far && !conditions.absent.empty()) break;
      std::vector<Rational> after = deviations(moved, conditions, degree);
      if (largest_of(after) >= largest_of(left)) break;
      best = std::move(moved);
      left = std::move(after);
    }
  }
  return best;
}

}  // namespace equiripple
