// The ladder: find the reference on the lowest rung that resolves the error, polish it on one that
// determines the coefficients, climb where a rung does not suffice.
#include "generator/exchange/minimax.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <stdexcept>

#include "generator/exchange/features.hpp"
#include "generator/exchange/polish.hpp"
#include "generator/exchange/reference.hpp"
#include "generator/exchange/search.hpp"
#include "generator/exchange/transform.hpp"
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
};

// A point that another rung rounded from the end of a segment is that end.
template <class T>
T snapped(const T& x, const Problem<T>& problem) {
  constexpr int of_the_segment_log2 = -20;  // chosen: a shorter segment than that is no end
  const T rounding = scale_by_power_of_two(real_abs(x), 3 - double_bits);
  for (const Segment<T>& segment : problem.segments()) {
    const T share = scale_by_power_of_two(T(segment.upper - segment.lower), of_the_segment_log2);
    for (const T& end : {segment.lower, segment.upper}) {
      if (real_abs(T(x - end)) <= std::min(rounding, share)) return end;
    }
  }
  return x;
}

// Where the domain is too narrow for double to hold the points apart: the same distribution, placed
// on the rung. Only domains of one segment are that narrow in practice.
template <class T>
std::vector<T> spread_reference(const Problem<T>& problem) {
  const Segment<T>& segment = problem.segments().front();
  const int last = static_cast<int>(problem.points()) - 1;
  std::vector<T> points;
  for (int i = 0; i <= last; ++i) {
    const T along = last == 0 ? T(1) : T((1 - real_cos(T(real_pi<T>() * i / last))) / 2);
    points.push_back(segment.lower + (segment.upper - segment.lower) * along);
  }
  return points;
}

template <class T>
bool is_ascending(const std::vector<T>& points) {
  return std::ranges::adjacent_find(points, std::greater_equal<>()) == points.end();
}

template <class T>
std::vector<T> reference_on(const Problem<T>& problem, const std::vector<Rational>& reference) {
  std::vector<T> points;
  for (const Rational& x : reference) points.push_back(snapped(from_rational<T>(x), problem));
  return points;
}

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

// The error falls with the degree: where a much lower degree is below the rung's noise already, so
// is the degree asked for, and that is known at a fraction of the cost. That lower degree, if there
// is one.
template <class T>
std::optional<int> hopeless_degree(const MinimaxRequest& request) {
  constexpr int first_degree = 60;  // chosen: costs nothing
  MinimaxRequest lower = request;
  for (lower.degree = first_degree; lower.degree < request.degree / 2; lower.degree *= 4) {
    const Problem<T> problem(lower);
    const auto reference =
        reference_on(problem, exact_points(initial_reference(Problem<double>(lower))));
    const LevelledPolynomial<T> polynomial(problem, reference, search_goal_log2);
    if (polynomial.is_finite() && !is_resolved(polynomial) &&
        !is_resolved_between(polynomial, problem, reference)) {
      return lower.degree;
    }
  }
  return std::nullopt;
}

// The points that must not be missed in place of their nearest neighbours, but for the ends.
template <class T>
std::vector<T> reference_with_kinks(std::vector<T> reference, const std::vector<Rational>& kinks) {
  for (const Rational& kink : kinks) {
    const T x = from_rational<T>(kink);
    const auto after = std::ranges::upper_bound(reference, x);
    if (after == reference.begin() || after == reference.end()) continue;
    const auto before = after - 1;
    const bool nearer_before = x - *before < *after - x;
    const bool at_start = before == reference.begin();
    const bool at_end = after + 1 == reference.end();
    if (at_start && at_end) continue;
    *((nearer_before && !at_start) || at_end ? before : after) = x;
  }
  return reference;
}

template <class T>
SearchOutcome search_on(const MinimaxRequest& request, Climb& climb) {
  if ((bits_of<T>) > double_bits && hopeless_degree<T>(request)) return SearchOutcome::unresolved;
  const Problem<T> problem(request);
  std::vector<T> start = reference_on(problem, climb.reference);
  if (!is_ascending(start)) start = spread_reference(problem);
  if (!is_ascending(start)) return SearchOutcome::unresolved;
  const bool eager = climb.eager && (bits_of<T>) > double_bits;
  auto found = search(problem, start, request.max_exchanges - climb.exchanges, eager);
  if (found.outcome != SearchOutcome::found && !request.kinks.empty()) {
    start = reference_with_kinks(std::move(start), request.kinks);
    if (is_ascending(start)) {
      found = search(problem, std::move(start), request.max_exchanges - climb.exchanges);
    }
  }
  if (found.outcome == SearchOutcome::alternation_lost) {
    const auto skew = skew_reference(Problem<double>(request));
    if (skew.size() == problem.points()) {
      found = search(problem, reference_on(problem, exact_points(skew)),
                     request.max_exchanges - climb.exchanges);
    }
  }
  climb.exchanges += std::min(found.exchanges, request.max_exchanges - climb.exchanges);
  if (found.outcome == SearchOutcome::found) {
    climb.found = true;
    climb.eager = eager;
    climb.reference = exact_points(found.reference);
    climb.signal_bits = found.signal_bits;
    climb.coefficients = std::move(found.coefficients);
  }
  return found.outcome;
}

template <class T>
std::optional<MinimaxResult> polish_on(const MinimaxRequest& request, const Climb& climb) {
  const Problem<T> problem(request);
  Polisher<T> polisher(problem, reference_on(problem, climb.reference), climb.coefficients);
  const std::optional<Polished<T>> polished = polisher.run(request.tolerance_log2);
  if (!polished) return std::nullopt;
  const int degree = effective_degree(request.degree, request.parity);
  MinimaxResult result;
  result.polynomial =
      chebyshev_series<T>(polished->polynomial, basis_for(request.domain), degree, request.parity);
  if (!keeps_error(result.polynomial, problem, *polished)) return std::nullopt;
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

// A polynomial with rational coefficients is its own best approximation from its degree on.
std::optional<MinimaxResult> exact_result(const MinimaxRequest& request) {
  const int degree = effective_degree(request.degree, request.parity);
  if (degree < 0) return std::nullopt;
  const auto powers = polynomial_coefficients(request.target, degree);
  if (powers.empty()) return std::nullopt;
  MinimaxResult result;
  result.polynomial = from_powers(powers, basis_for(request.domain));
  if (request.parity != Parity::none) result.polynomial.parity = request.parity;
  result.status = MinimaxStatus::exact;
  result.detail = "the target is a polynomial of the class";
  return result;
}

// At points that are no nodes, spread by the golden ratio.
template <class T>
bool agrees_elsewhere(const MinimaxRequest& request, const ChebyshevSeries& series,
                      const Rational& tolerance) {
  const CompiledFunction<T> target(request.target);
  const SeriesEvaluator<T> p(series);
  const T allowed = from_rational<T>(tolerance);
  const T golden = (real_sqrt(T(5)) - 1) / 2;
  const int points = 4 * series.degree() + 50;  // chosen
  for (const Interval& interval : request.domain) {
    const T lower = from_rational<T>(interval.lower);
    const T width = from_rational<T>(interval.upper - interval.lower);
    T position = 0;
    for (int i = 0; i < points; ++i) {
      position += golden;
      if (position >= 1) position -= 1;
      const T x = lower + width * position;
      if (!(real_abs(T(target(x) - p(x))) <= allowed)) return false;
    }
  }
  for (const Rational& x : request.kinks) {
    const T point = from_rational<T>(x);
    if (!(real_abs(T(target(point) - p(point))) <= allowed)) return false;
  }
  return points_above(request, series, 0, 1).empty();
}

// A target that is a polynomial in disguise, as sin(x)^2 + cos(x)^2: at nodes of the full degree
// its Chebyshev coefficients fall off a cliff, from what matters to the noise of the rung with
// nothing between. (The coefficients of any other function decrease through that range.)
std::optional<MinimaxResult> disguised_polynomial(const MinimaxRequest& request) {
  using T = Real<1024>;
  constexpr long foot_log2 = -900;     // chosen: just above the noise of the rung
  constexpr long agreement_bits = 40;  // between nodes the noise may add up to this; chosen
  constexpr long edge_log2 = -200;     // chosen: no function of interest has a smaller last term
  // What is below the noise at a lower degree is no polynomial of a higher one.
  const int highest = hopeless_degree<T>(request).value_or(request.degree);
  const int degree = effective_degree(highest, request.parity);
  if (degree < 0) return std::nullopt;
  const CompiledFunction<T> target(request.target);
  ChebyshevSeries series =
      chebyshev_series<T>(target, basis_for(request.domain), degree, request.parity);
  Rational largest = 0;
  for (const Rational& c : series.coefficients) largest = std::max(largest, Rational(abs(c)));
  auto& c = series.coefficients;
  while (c.size() > 1 && abs(c.back()) <= largest * power_of_two(foot_log2)) c.pop_back();
  if (abs(c.back()) < largest * power_of_two(edge_log2)) return std::nullopt;
  for (Rational& value : c) {
    if (abs(value) <= largest * power_of_two(foot_log2)) value = 0;
  }
  if (!agrees_elsewhere<T>(request, series, largest * power_of_two(foot_log2 + agreement_bits))) {
    return std::nullopt;
  }
  MinimaxResult result;
  result.status = MinimaxStatus::exact;
  result.polynomial = std::move(series);
  result.error.upper = largest * power_of_two(foot_log2) * (degree + 1);
  result.precision_bits = bits_of<T>;
  result.detail = "the target is a polynomial of the class to the precision of the ladder";
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
    case SearchOutcome::alternation_lost:
      result.status = MinimaxStatus::alternation_lost;
      result.detail = "fewer alternations of the error than degree + 2 were found";
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
MinimaxResult solve(const MinimaxRequest& request) {
  if (const auto exact = exact_result(request)) return *exact;
  Climb climb;
  const Problem<double> coarse(request);
  climb.reference = exact_points(initial_reference(coarse));
  SearchOutcome outcome = SearchOutcome::unresolved;
  bool looked_for_disguise = false;
  for (const int rung : rungs) {
    if (rung < request.precision_bits) continue;
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
  MinimaxResult result = solve(request);
  MinimaxRequest finer = request;
  for (int round = 0; round < most_rounds && result.status == MinimaxStatus::converged; ++round) {
    const auto missed =
        points_above(request, result.polynomial, result.error.upper, points_a_round);
    if (missed.empty()) break;
    // As kinks they cut the segments, and are sampled whatever the reference is.
    finer.kinks.insert(finer.kinks.end(), missed.begin(), missed.end());
    std::ranges::sort(finer.kinks);
    MinimaxResult again = solve(finer);
    if (!again.usable()) break;  // what is there holds; its error is measured with the same scan
    result = std::move(again);
  }
  return result;
}

}  // namespace equiripple
