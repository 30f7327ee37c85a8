// The exchange on one rung: from a first guess to a reference that levels the error to the
// precision that the rung can resolve.
#pragma once

#include <algorithm>
#include <vector>

#include "generator/exchange/extrema.hpp"
#include "generator/exchange/levelled.hpp"

namespace equiripple {

enum class SearchOutcome { found, unresolved, alternation_lost, exchange_limit, not_finite };

template <class T>
struct Search {
  SearchOutcome outcome = SearchOutcome::exchange_limit;
  std::vector<T> reference{};
  int exchanges = 0;
  double signal_bits = 0;            // log2 of the level over the size of the target, where found
  std::vector<Ball> coefficients{};  // of the levelled polynomial, as it has them
};

inline constexpr int resolved_bits = 10;  // the level must exceed the noise by this; chosen
inline constexpr int search_gap_log2 =
    -20;                                   // largest / level - 1 that polishing starts from; chosen
inline constexpr int hand_over_log2 = -6;  // the same where extrema are simple: Newton's steps of
                                           // the polishing take over; chosen
inline constexpr int search_goal_log2 = -40;  // levelling, over the level; chosen
inline constexpr int patience = 12;           // exchanges without progress; chosen

template <class T>
bool is_resolved(const LevelledPolynomial<T>& polynomial) {
  return real_abs(polynomial.level()) > scale_by_power_of_two(polynomial.noise(), resolved_bits);
}

/// Is the error above the noise somewhere, though a symmetry of this reference levels it to 0 (as
/// for |x| on a symmetric reference of an even number of points)?
template <class T>
bool is_resolved_between(const LevelledPolynomial<T>& polynomial, const Problem<T>& problem,
                         const std::vector<T>& reference) {
  const T floor = scale_by_power_of_two(polynomial.noise(), resolved_bits);
  // Several places in each interval where that is cheap: a symmetry may hit one, not all.
  const int probes = reference.size() < 64 ? 8 : 1;
  const auto stands_out = [&](const T& from, const T& to) {
    for (int probe = 0; probe < probes; ++probe) {
      const T x = from + (to - from) * (3 * probe + 2) / (3 * probes + 1);
      const bool inside = std::ranges::any_of(problem.segments(), [&](const Segment<T>& segment) {
        return segment.lower <= x && x <= segment.upper;
      });
      if (inside && real_abs(polynomial.error(x)) > floor) return true;
    }
    return false;
  };
  for (std::size_t i = 0; i + 1 < reference.size(); ++i) {
    if (stands_out(reference[i], reference[i + 1])) return true;
  }
  if (reference.size() == 1) {  // no interval between points: the whole domain
    return stands_out(problem.segments().front().lower, problem.segments().back().upper);
  }
  return false;
}

/// `eager`: stop as soon as polishing is likely to do the rest.
template <class T>
Search<T> search(const Problem<T>& problem, std::vector<T> reference, int max_exchanges,
                 bool eager = false) {
  Search<T> result;
  const int parabolas = std::is_same_v<T, double> ? 6 : 2;
  const int samples = std::is_same_v<T, double> ? samples_between : few_samples_between;
  T best_gap = -1;
  int since_best = 0;
  std::vector<Ball> start;
  for (result.exchanges = 1; result.exchanges <= max_exchanges; ++result.exchanges) {
    const LevelledPolynomial<T> polynomial(problem, reference, search_goal_log2, start);
    start = polynomial.coefficients();
    if (!polynomial.is_finite())
      return {.outcome = SearchOutcome::not_finite, .exchanges = result.exchanges};
    if (!is_resolved(polynomial) && !is_resolved_between(polynomial, problem, reference)) {
      return {.outcome = SearchOutcome::unresolved, .exchanges = result.exchanges};
    }
    const auto curve = [&](const T& x) { return polynomial.error(x); };
    auto extrema = alternating_extrema(curve, problem.segments(), reference, parabolas, samples);
    if (extrema.size() < reference.size()) {
      return {.outcome = SearchOutcome::alternation_lost, .exchanges = result.exchanges};
    }
    const bool simple = extrema.size() == reference.size();
    keep_largest(extrema, reference.size());
    T largest = 0;
    for (std::size_t i = 0; i < extrema.size(); ++i) {
      reference[i] = extrema[i].x;
      if (!(real_abs(extrema[i].error) <= largest)) largest = real_abs(extrema[i].error);
    }
    if (!is_finite(largest))
      return {.outcome = SearchOutcome::not_finite, .exchanges = result.exchanges};
    const T level = real_abs(polynomial.level());
    const T gap = largest - level;
    const int enough_log2 = eager && simple ? hand_over_log2 : search_gap_log2;
    const T enough = std::max(scale_by_power_of_two(level, enough_log2),
                              scale_by_power_of_two(polynomial.noise(), 4));
    if (gap <= enough) {
      result.outcome = SearchOutcome::found;
      result.reference = std::move(reference);
      result.signal_bits = log2_of(polynomial.level()) - log2_of(polynomial.noise()) - bits_of<T>;
      result.coefficients = std::move(start);
      return result;
    }
    if (best_gap < 0 || gap < best_gap) {
      best_gap = gap;
      since_best = 0;
    } else if (++since_best == patience) {
      break;
    }
  }
  result.outcome = SearchOutcome::exchange_limit;
  return result;
}

}  // namespace equiripple
