// The ladder: find the reference on the lowest rung that resolves the error, polish it on one that
// determines the coefficients, climb where a rung does not suffice.
#include "generator/exchange/minimax.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "generator/exchange/exact.hpp"
#include "generator/exchange/features.hpp"
#include "generator/exchange/hopeless.hpp"
#include "generator/exchange/polish.hpp"
#include "generator/exchange/reference.hpp"
#include "generator/exchange/search.hpp"
#include "generator/exchange/set_reference.hpp"
#include "generator/exchange/transform.hpp"
#include "generator/function/largest_term.hpp"
#include "generator/numbers/memory.hpp"

namespace equiripple {
namespace {

constexpr std::array rungs = {double_bits, 128, 256, 512, 1024, 2048, highest_bits};
constexpr int coefficient_guard_bits = 50;  // beyond the tolerance, for the transform; chosen
constexpr int transform_bits = 80;          // the series must keep the error to this; chosen

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const MinimaxRequest& request) {
  require(check(request.domain).defect == DomainDefect::none,
          "minimax: the domain must be ascending, disjoint intervals of positive length");
  require(request.degree >= 0 && request.degree <= highest_degree,
          "minimax: the degree must be from 0 to highest_degree");
  require(request.parity == Parity::none || is_symmetric(request.domain),
          "minimax: odd and even need a domain symmetric about 0");
  require(request.max_exchanges >= 1, "minimax: max_exchanges must be at least 1");
  require(request.tolerance_log2 >= -1000 && request.tolerance_log2 <= -20,
          "minimax: tolerance_log2 must be from -1000 to -20");
}

// What one rung leaves for the next.
struct Climb {
  std::vector<Rational> reference;  // where the search starts, or what it found
  bool found = false;
  bool eager = true;  // what is found is good enough for Newton's steps, not for more
  int exchanges = 0;
  std::vector<Ball> coefficients{};  // of the levelled polynomial that was found, on high rungs
  double signal_bits = 0;            // log2 of the level over the size of the target, where found
  double terms_log2 = 0;             // of what may cancel in the target, times the weight
  double needed_bits = 0;            // that a rung must have to go on
};

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
void clear_noise(ChebyshevSeries& series, const Rational& threshold) {
  for (Rational& c : series.coefficients) {
    if (abs(c) <= threshold) c = 0;
  }
}

template <class T>
SearchOutcome search_on(const MinimaxRequest& request, Climb& climb) {
  if ((bits_of<T>) > double_bits && hopeless_degree<T>(request)) return SearchOutcome::unresolved;
  const Problem<T> problem(request);
  auto start = reference_on(problem, climb.reference);
  if (!is_ascending(start)) return SearchOutcome::unresolved;  // the points run into each other
  const bool eager = climb.eager && (bits_of<T>) > double_bits;
  auto found = search(problem, std::move(start),
                      {.most_exchanges = request.max_exchanges - climb.exchanges,
                       .eager = eager,
                       .parabolas = bits_of<T> == double_bits ? 6 : 2});
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
    climb.signal_bits = found.signal_bits;
    climb.coefficients = std::move(found.coefficients);
  }
  return found.outcome;
}

template <class T>
std::optional<MinimaxResult> polish_on(const MinimaxRequest& request, const Climb& climb) {
  const Problem<T> problem(request);
  Polisher<T> polisher(problem, reference_on(problem, climb.reference), climb.coefficients);
  std::optional<Polished<T>> polished = polisher.run(request.tolerance_log2);
  if (!polished && !climb.eager) {
    polished = exchanged_to_tolerance(problem, reference_on(problem, climb.reference),
                                      request.tolerance_log2);
  }
  if (polished && misses_peak(*polished, problem)) {
    polished = exchanged_to_tolerance(problem, polished->reference, request.tolerance_log2);
  }
  if (!polished) return std::nullopt;
  const int degree = effective_degree(request.degree, request.parity);
  MinimaxResult result;
  const auto transform = [&](const LevelledPolynomial<T>& polynomial) {
    result.polynomial =
        chebyshev_series<T>(polynomial, basis_for(request.domain), degree, request.parity);
    return keeps_error(result.polynomial, problem, *polished);
  };
  // Far outside the working domain, as in a hole around 0, all the rung's bits are needed.
  if (!transform(polished->polynomial) &&
      !transform(LevelledPolynomial<T>(problem, polished->reference))) {
    return std::nullopt;
  }
  const T level = real_abs(polished->polynomial.level());
  const T noise = polished->polynomial.noise();
  const Rational exact_level = to_rational(level);
  result.status = MinimaxStatus::converged;
  result.error.lower = to_rational(T(level - noise - polished->polynomial.unlevelled()));
  result.error.attained = exact_level;
  result.error.upper =
      exact_level * (1 + power_of_two(request.tolerance_log2)) + to_rational(noise);
  clear_noise(result.polynomial, result.error.upper * power_of_two(request.tolerance_log2));
  result.reference = exact_points(polished->reference);
  result.exchanges = climb.exchanges;
  result.precision_bits = bits_of<T>;
  result.detail = "the error alternates on the reference";
  return result;
}

MinimaxResult failure(SearchOutcome outcome, const Climb& climb) {
  MinimaxResult result;
  result.exchanges = climb.exchanges;
  result.precision_bits = highest_bits;
  switch (outcome) {
    case SearchOutcome::found:
    case SearchOutcome::unresolved:
      result.status = MinimaxStatus::below_noise;
      result.detail = "the error is below what the highest precision resolves";
      break;
    case SearchOutcome::stalled:
      result.status = MinimaxStatus::stalled;
      result.detail = "the rounding of the highest precision stopped the exchange";
      break;
    case SearchOutcome::exchange_limit:
      result.status = MinimaxStatus::exchange_limit;
      result.detail = "the exchange did not level the error within its limit";
      break;
    case SearchOutcome::not_finite:
      result.status = MinimaxStatus::not_finite;
      result.detail = "the target or the weight is not finite somewhere in the domain";
      break;
  }
  return result;
}

// Climbs the ladder once.
MinimaxResult solve(const MinimaxRequest& request, std::vector<Rational> start) {
  Climb climb;
  climb.reference = std::move(start);
  climb.terms_log2 = largest_term_log2(request.target, request.domain) +
                     largest_term_log2(request.weight, request.domain);
  SearchOutcome outcome = SearchOutcome::unresolved;
  bool looked_for_disguise = false;
  for (const int rung : rungs) {
    if (rung < request.precision_bits) continue;
    if (rung < climb.needed_bits && rung < highest_bits) continue;
    if (rung > 512 && !climb.found && !looked_for_disguise) {
      looked_for_disguise = true;
      if (const auto exact = disguised_polynomial(request)) return *exact;
    }
    const auto look = [&] {
      outcome = on_rung(rung, [&]<class T>(Rung<T>) { return search_on<T>(request, climb); });
    };
    if (!climb.found) look();
    if (!climb.found && climb.exchanges >= request.max_exchanges) break;
    if (!climb.found || rung == double_bits) continue;
    if (rung < coefficient_guard_bits - request.tolerance_log2 - climb.signal_bits) continue;
    const auto polish = [&] {
      return on_rung(rung, [&]<class T>(Rung<T>) { return polish_on<T>(request, climb); });
    };
    if (auto result = polish()) return *result;
    climb.eager = false;
    climb.found = false;
    look();
    if (!climb.found) continue;
    if (auto result = polish()) return *result;
  }
  return failure(climb.found ? SearchOutcome::exchange_limit : outcome, climb);
}

}  // namespace

MinimaxResult minimax(const MinimaxRequest& request) {
  check_request(request);
  free_caches_with_thread();
  constexpr int most_rounds = 6;             // chosen
  constexpr std::size_t points_a_round = 8;  // chosen
  if (const auto exact = exact_result(request)) return *exact;
  MinimaxResult result = solve(request, initial_reference(request));
  MinimaxRequest finer = request;
  for (int round = 0; round < most_rounds && result.status == MinimaxStatus::converged; ++round) {
    const auto missed =
        points_above(request, result.polynomial, result.error.upper, points_a_round);
    if (missed.empty()) break;
    // As kinks they cut the segments, and are sampled whatever the reference is.
    finer.kinks.insert(finer.kinks.end(), missed.begin(), missed.end());
    std::ranges::sort(finer.kinks);
    MinimaxResult again = solve(finer, result.reference);
    if (!again.usable()) break;  // what is there holds; its error is measured with the same scan
    result = std::move(again);
  }
  return result;
}

}  // namespace equiripple
