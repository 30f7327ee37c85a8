// On a basis [-b, b] x^k is b^k 2^(1 - k) times whole multiples of T_k, T_{k-2}, ... (those of T_0
// are half of an even binomial coefficient): a coefficient of y^k, y = x / b, that is a multiple of
// 2^(k - 1) units leaves all of the series multiples of the unit.  [proved]
#include "generator/constraint/absent_powers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "generator/constraint/rounding.hpp"
#include "generator/exchange/problem.hpp"

namespace equiripple {

std::optional<std::pair<int, int>> doubtful_neighbours(const std::vector<int>& powers,
                                                       const Domain& domain) {
  if (domain.front().lower >= 0 || domain.back().upper <= 0) return std::nullopt;
  const auto even_gap =
      std::ranges::adjacent_find(powers, [](int a, int b) { return (b - a) % 2 == 0; });
  if (even_gap == powers.end()) return std::nullopt;
  return std::pair(*even_gap, *std::next(even_gap));
}

std::vector<int> absent_from(const std::vector<int>& powers, Parity parity) {
  std::vector<int> absent;
  const int step = parity == Parity::none ? 1 : 2;
  for (int k = powers.front(); k < powers.back(); k += step) {
    if (!std::ranges::binary_search(powers, k)) absent.push_back(k);
  }
  return absent;
}

Interval basis_of_powers(const Domain& domain) {
  const Interval whole = hull(domain);
  const Rational end = std::max(Rational(abs(whole.lower)), Rational(abs(whole.upper)));
  return basis_for({{-end, end}});
}

AbsentFromFactor absent_from_factor(const MinimaxRequest& request, int order) {
  const int step = request.parity == Parity::none ? 1 : 2;
  const std::vector<int>& absent = request.conditions.absent;
  int highest = effective_degree(request.degree, request.parity);
  if (request.conditions.leading) highest -= step;
  while (highest >= order && std::ranges::binary_search(absent, highest)) highest -= step;
  if (highest < order) throw std::invalid_argument("minimax: no power is free");
  AbsentFromFactor factor{.degree = highest - order};
  for (const int k : absent) {
    if (k >= order && k < highest) factor.absent.push_back(k - order);
  }
  return factor;
}

std::vector<Rational> coefficients_at(const std::vector<int>& absent,
                                      const ChebyshevSeries& polynomial) {
  std::vector<Rational> found;
  if (absent.empty()) return found;
  const std::vector<Rational> powers = to_powers(polynomial);
  const Interval& basis = polynomial.basis;
  const Rational end = std::max(Rational(abs(basis.lower)), Rational(abs(basis.upper)));
  Rational size = 1;
  std::size_t reached = 0;
  for (const int power : absent) {
    const auto place = static_cast<std::size_t>(power);
    for (; reached < place; ++reached) size *= end;
    found.push_back(place < powers.size() ? Rational(powers[place] * size) : Rational(0));
  }
  return found;
}

std::optional<ChebyshevSeries> exactly_without(const ChebyshevSeries& polynomial,
                                               const Conditions& conditions, int degree,
                                               const CoefficientForm& form) {
  constexpr int most_tries = 3;       // chosen: rounding may carry into one bit more
  constexpr long largest_log2 = -40;  // of the coefficients; chosen: more is no rounding
  const Interval& basis = polynomial.basis;
  if (basis.lower != -basis.upper) return std::nullopt;
  Rational largest = 0;
  for (const Rational& c : polynomial.coefficients) largest = std::max(largest, Rational(abs(c)));
  if (largest == 0) return polynomial;
  const ChebyshevSeries on_one{.basis = {-1, 1}, .coefficients = polynomial.coefficients};
  const std::vector<Rational> powers = to_powers(on_one);
  int lowest = 0;  // power that conditions at 0 leave
  for (const PointCondition& condition : conditions.through) {
    lowest = std::max(lowest, static_cast<int>(condition.values.size()));
  }
  const auto is_present = [&](std::size_t k) {
    const int power = static_cast<int>(k);
    const bool is_of_parity =
        polynomial.parity == Parity::none || (power % 2 == 1) == (polynomial.parity == Parity::odd);
    return power >= lowest && is_of_parity && !std::ranges::binary_search(conditions.absent, power);
  };
  std::optional<Rational> given;  // at the basis' end
  if (conditions.leading) {
    given = *conditions.leading;
    for (int k = 0; k < degree; ++k) *given *= basis.upper;
  }
  Rational unit = unit_for(largest, form);
  for (int attempt = 0; attempt < most_tries; ++attempt, unit *= 2) {
    std::vector<Rational> kept(powers.size());
    for (std::size_t k = 0; k < powers.size(); ++k) {
      if (!is_present(k)) continue;
      const Rational step = unit * power_of_two(std::max(static_cast<long>(k) - 1, 0L));
      kept[k] = Rational(floor_of(powers[k] / step + Rational(1, 2))) * step;
      if (!given || static_cast<int>(k) != degree) continue;
      const Rational steps = *given / step;
      if (steps != Rational(floor_of(steps))) return std::nullopt;
      kept[k] = *given;
    }
    ChebyshevSeries series = from_powers(kept, on_one.basis);
    series.coefficients.resize(polynomial.coefficients.size());
    series.basis = basis;
    series.parity = polynomial.parity;
    if (!form.unit &&
        coefficient_distance(series, polynomial) >
            coefficient_distance(polynomial, {.basis = basis}) * power_of_two(largest_log2)) {
      return std::nullopt;
    }
    if (series.coefficients == rounded(series, form).coefficients) return series;
    if (form.unit) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace equiripple
