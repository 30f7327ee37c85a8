// The definitions of climb.hpp, for the files that compile them.
#pragma once

#include <algorithm>

#include "generator/exchange/climb.hpp"
#include "generator/exchange/hopeless.hpp"
#include "generator/exchange/polish.hpp"
#include "generator/exchange/reference.hpp"
#include "generator/exchange/search.hpp"
#include "generator/exchange/set_reference.hpp"
#include "generator/exchange/transform.hpp"
#include "generator/exchange/zero.hpp"

namespace equiripple {

/// The series must keep the error to this; chosen: any two points of the reference agree to 2^-80.
inline constexpr int transform_bits = 82;

template <class T>
std::vector<Rational> exact_points(const std::vector<T>& reference) {
  std::vector<Rational> points;
  for (const T& x : reference) points.push_back(to_rational(x));
  return points;
}

// Does the series, at the reference, have the levelled error? Otherwise the transform lost it.
template <class T>
bool keeps_error(const ChebyshevSeries& series, const Problem<T>& problem,
                 const Polished<T>& polished) {
  const SeriesEvaluator<T> p(series);
  const T allowed = scale_by_power_of_two(real_abs(polished.polynomial.level()), -transform_bits);
  for (std::size_t i = 0; i < polished.reference.size(); ++i) {
    const T x = polished.reference[i];
    const T error = problem.weight(x) * (problem.target(x) - p(x));
    if (!(real_abs(T(error - polished.polynomial.error_at(i))) <= allowed)) return false;
  }
  return true;
}

// The coefficients are determined to about the tolerance; what is below it is no coefficient.
inline void clear_noise(ChebyshevSeries& series, const Rational& threshold) {
  for (Rational& c : series.coefficients) {
    if (abs(c) <= threshold) c = 0;
  }
}

/// The polynomial of a class that lacks powers on the basis: without them, exactly.
template <class T>
ChebyshevSeries series_without_powers(const PowerLevelled<T>& polynomial, const Interval& basis,
                                      Parity parity) {
  const std::size_t first = parity == Parity::odd ? 1 : 0;
  const std::size_t step = parity == Parity::none ? 1 : 2;
  const auto place = [&](int exponent) {
    return first + step * static_cast<std::size_t>(exponent);
  };
  const Rational unit = to_rational(polynomial.unit);
  std::vector<Rational> powers(place(polynomial.exponents.back()) + 1);
  Rational size = 1;  // of unit^exponent
  int reached = 0;
  for (std::size_t j = 0; j < polynomial.exponents.size(); ++j) {
    for (; reached < polynomial.exponents[j]; ++reached) size *= unit;
    powers[place(polynomial.exponents[j])] = to_rational(polynomial.coefficients[j]) / size;
  }
  ChebyshevSeries series = from_powers(powers, basis);
  series.coefficients.resize(powers.size());
  series.parity = parity;
  return series;
}

template <class T>
SearchOutcome search_on(const MinimaxRequest& request, Climb& climb) {
  if ((bits_of<T>) > binary64_bits && hopeless_degree<T>(request)) return SearchOutcome::unresolved;
  const Problem<T> problem(request);
  auto start = reference_on(problem, climb.reference);
  if (!is_ascending(start)) return SearchOutcome::unresolved;  // the points run into each other
  const bool eager = climb.eager && (bits_of<T>) > binary64_bits;
  auto found = search(problem, std::move(start),
                      {.most_exchanges = request.max_exchanges - climb.exchanges,
                       .eager = eager,
                       .zero_log2 = bits_of<T> == binary64_bits ? 0 : request.tolerance_log2,
                       .parabolas = bits_of<T> == binary64_bits ? 6 : 2,
                       .fewest_samples = fewest_samples_of(request)});
  climb.exchanges += std::min(found.exchanges, request.max_exchanges - climb.exchanges);
  // A level that may be what rounding leaves of terms that cancel is none.
  if (found.outcome == SearchOutcome::found &&
      found.level_log2 < climb.terms_log2 + resolved_bits - bits_of<T>) {
    return SearchOutcome::unresolved;
  }
  climb.needed_bits = found.needed_bits;
  if constexpr (std::is_same_v<T, double>) {
    // Nothing is known of the error: the next rung starts from what the domain says of it.
    if (found.outcome == SearchOutcome::unresolved && !problem.is_connected()) {
      climb.reference = exact_points(reference_of_the_set(problem, found.reference));
    }
  }
  if (found.resolved) climb.reference = exact_points(found.reference);
  if (found.outcome == SearchOutcome::found) {
    climb.found = true;
    climb.eager = eager;
    climb.near_zero = found.near_zero;
    climb.signal_bits = found.signal_bits;
    climb.coefficients = std::move(found.coefficients);
  }
  return found.outcome;
}

/// 0 as the result, and the level as what no polynomial has less than.
template <class T>
MinimaxResult zero_on(const MinimaxRequest& request, const Polished<T>& polished, int exchanges) {
  const LevelledPolynomial<T>& levelled = polished.polynomial;
  const T lower = real_abs(levelled.level()) - levelled.noise() - levelled.unlevelled();
  MinimaxResult result = zero_with_error(request, to_rational(*polished.error_of_zero));
  result.error.lower = to_rational(lower);
  result.reference = exact_points(polished.reference);
  result.exchanges = exchanges;
  result.precision_bits = bits_of<T>;
  result.detail = "no polynomial of the class is better than 0 by more than the tolerance";
  return result;
}

/// The result with the polished polynomial as a series; none where the transform loses its error:
/// values far outside the working domain, as in a hole around 0, take all the rung's bits.
template <class T>
std::optional<MinimaxResult> result_of(const MinimaxRequest& request, const Problem<T>& problem,
                                       const Polished<T>& polished, int exchanges) {
  const int degree = effective_degree(request.degree, request.parity);
  MinimaxResult result;
  const Interval basis = request.basis.value_or(basis_for(request.domain));
  const auto transform = [&](const LevelledPolynomial<T>& polynomial) {
    result.polynomial = polynomial.powers()
                            ? series_without_powers(*polynomial.powers(), basis, request.parity)
                            : chebyshev_series<T>(polynomial, basis, degree, request.parity);
    return keeps_error(result.polynomial, problem, polished);
  };
  if (!transform(polished.polynomial) &&
      !transform(LevelledPolynomial<T>(problem, polished.reference))) {
    return std::nullopt;
  }
  const T level = real_abs(polished.polynomial.level());
  const T noise = polished.polynomial.noise();
  const Rational exact_level = to_rational(level);
  result.status = MinimaxStatus::converged;
  result.error.lower = to_rational(T(level - noise - polished.polynomial.unlevelled()));
  result.error.attained = exact_level;
  result.error.upper =
      exact_level * (1 + power_of_two(request.tolerance_log2)) + to_rational(noise);
  const bool lacks_powers = !problem.exponents().empty();  // which what is cleared would bring back
  if (!request.is_factor &&
      !lacks_powers) {  // what small coefficients come to depends on the other factor
    clear_noise(result.polynomial, result.error.upper * power_of_two(request.tolerance_log2));
  }
  result.reference = exact_points(polished.reference);
  result.exchanges = exchanges;
  result.precision_bits = bits_of<T>;
  result.detail = "the error alternates on the reference";
  return result;
}

template <class T>
std::optional<MinimaxResult> polish_on(const MinimaxRequest& request, Climb& climb) {
  const Problem<T> problem(request);
  const std::vector<T> reference = reference_on(problem, climb.reference);
  Polisher<T> polisher(problem, reference, climb.coefficients);
  std::optional<Polished<T>> polished = polisher.run(request.tolerance_log2);
  // Where 0 is nearly the best, extrema are as flat as what the best gains.
  if (!polished && (!climb.eager || climb.near_zero)) {
    polished = exchanged_to_tolerance(problem, reference, request.tolerance_log2);
  }
  const bool is_unsettled = polished && !polished->error_of_zero;
  if (is_unsettled && misses_peak(*polished, problem, request.tolerance_log2)) {
    polished = exchanged_to_tolerance(problem, polished->reference, request.tolerance_log2);
  }
  if (!polished) return std::nullopt;
  if (polished->error_of_zero) return zero_on(request, *polished, climb.exchanges);
  auto result = result_of(request, problem, *polished, climb.exchanges);
  if (!result) {
    climb.is_polished = true;
    climb.reference = exact_points(polished->reference);
    climb.coefficients = polished->polynomial.coefficients();
  }
  return result;
}

template <class T>
std::optional<MinimaxResult> transform_on(const MinimaxRequest& request, const Climb& climb) {
  const Problem<T> problem(request);
  const std::vector<T> reference = reference_on(problem, climb.reference);
  const int goal_log2 = request.tolerance_log2 - goal_margin_bits;
  const Polished<T> polished{
      reference, LevelledPolynomial<T>(problem, reference, goal_log2, climb.coefficients)};
  if (!is_resolved(polished.polynomial)) return std::nullopt;
  return result_of(request, problem, polished, climb.exchanges);
}

}  // namespace equiripple
